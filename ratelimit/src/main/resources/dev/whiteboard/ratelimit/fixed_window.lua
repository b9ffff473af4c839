-- Takes permits from the present window. The state is two numbers: the window, and what was taken in it.
-- KEYS[1]  the key
-- ARGV     cost and capacity in permits, a window in microseconds, the caller's time (Redis's if left out)
-- Returns  1 if granted and 0 if refused, the time until the window ends, and what is taken in it.
local cost, capacity, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

-- Microseconds since 2020, from which windows are counted too.
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = (time[1] - 1577836800) * 1000000 + time[2]
end
local window, used = math.floor(now / period), 0

-- If the clock has stepped back, the later window counts.
local state = redis.call('GET', KEYS[1])
if state then
  local last, taken = string.match(state, '^(%S+) (%S+)$')
  if tonumber(last) >= window then
    window, used = tonumber(last), tonumber(taken)
  end
end

local ahead = (window + 1) * period - now
if used + cost > capacity then
  return {0, ahead, used}
end

-- A window that is over is as good as none. It stays a second longer, for SET may count from an older reading of the
-- clock than TIME; and a minute where callers' clocks differ, until it is over by all of them.
local spare = ARGV[4] and 60000 or 1000
local millis = math.ceil(ahead / 1000) + spare
redis.call('SET', KEYS[1], string.format('%.0f %.0f', window, used + cost), 'PX', millis)
return {1, ahead, used + cost}
