-- Takes permits from a token bucket, whose whole state is its arrival time: the tick at which it is full again.
-- KEYS[1]  the key
-- ARGV     cost and capacity in ticks, ticks in a microsecond (1 if left out), the caller's time (Redis's if left out)
-- Returns  1 if granted and 0 if refused, and how many ticks ahead the arrival time lies.
local cost, capacity, scale = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3] or 1)

-- Microseconds since 2020: times the scale, below 2^53 for decades, so that a double holds every tick.
local micros = tonumber(ARGV[4])
if not micros then
  local time = redis.call('TIME')
  micros = (time[1] - 1577836800) * 1000000 + time[2]
end
local now = micros * scale

-- A time in the past is a full bucket.
local arrival = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local after = arrival + cost
if after - now > capacity then
  return {0, arrival - now}
end

-- A full bucket is as good as none. It stays a second longer, for SET may count from an older reading of the clock than
-- TIME; and a minute where callers' clocks differ, until it is full by all of them.
local spare = ARGV[4] and 60000 or 1000
local millis = math.ceil((after - now) / (scale * 1000)) + spare
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', millis)
return {1, after - now}
