# Readings of four pumps as CSV. Set: seed, now (seconds since 1970), from (hours from now), hours, lift (1 is as ever).
function noise(deviation) { return deviation * sqrt(-2 * log(1 - rand())) * cos(6.283 * rand()) }
BEGIN {
  srand(seed); n = hours * 2000; print "pump,at,mode,speed,flow,pressure,vibration,operatingHours"
  for (i = 1; i <= n; i++) {
    speed = 1500 + 300 * sin(i / 80) + noise(10); leak = i > n / 2 && (i % 997 == 0 || i == n)
    printf "%d,%.0f,%s,%.1f,%.2f,%.3f,%s,%.2f\n", i % 4 + 1, (now + 3600 * (from + i / 2000)) * 1000, (speed > 1500 ? "BOOST" : "ECO"), speed,
      speed / 100 * (leak ? 0.7 : 1) + noise(0.2), 1.5 * lift * (speed / 1500) ^ 2 + noise(0.03), (i % 4 ? 1 + speed / 1000 + noise(0.1) : ""), 8000 + i / 2000
  }
}
