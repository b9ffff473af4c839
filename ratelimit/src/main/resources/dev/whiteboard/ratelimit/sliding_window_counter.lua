-- Takes permits from the present window and a share of the one before. The state is three numbers: the window, what was
-- taken in it, and what was taken in the one before.
-- KEYS[1]  the key
-- ARGV     cost and capacity in permits, a window in microseconds, the caller's time (Redis's if left out)
-- Returns  1 if granted and 0 if refused, the time until the window ends, and what is taken in it and the one before.
local cost, capacity, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

-- Microseconds since 2020, from which windows are counted too.
local now = tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = (time[1] - 1577836800) * 1000000 + time[2]
end
local window, used, before = math.floor(now / period), 0, 0

-- If the clock has stepped back, the later window counts, from its start.
local state = redis.call('GET', KEYS[1])
if state then
  local last, taken, earlier = string.match(state, '^(%S+) (%S+) (%S+)$')
  last = tonumber(last)
  if last >= window then
    window, used, before = last, tonumber(taken), tonumber(earlier)
  elseif last == window - 1 then
    before = tonumber(taken)
  end
end

-- floor(before * rest / period) + used + cost > capacity, in whole numbers below 2^53.
local ahead = (window + 1) * period - now
local rest = math.min(ahead, period)
if before * rest >= (capacity - used - cost + 1) * period then
  return {0, ahead, used, before}
end

-- The present window counts until the next one is over. It stays a second longer, for SET may count from an older reading
-- of the clock than TIME; and a minute where callers' clocks differ, until it is over by all of them.
local spare = ARGV[4] and 60000 or 1000
local millis = math.ceil((ahead + period) / 1000) + spare
redis.call('SET', KEYS[1], string.format('%.0f %.0f %.0f', window, used + cost, before), 'PX', millis)
return {1, ahead, used + cost, before}
