# Two days of card payments as CSV, one in 401 of them fraud. Set: seed, now (seconds since 1970), from (days from now).
function noise(deviation) { return deviation * sqrt(-2 * log(1 - rand())) * cos(6.283 * rand()) }
BEGIN {
  srand(seed); n = split("grocer baker fuel cinema books webshop airline", merchant); split("AT AT AT DE CZ", country)
  print "card,paidAt,merchant,country,online,amountLog,minutesLog,fraud"
  for (i = 1; i <= 16000; i++) {
    m = int(1 + n * rand()); where = m > 5 ? country[int(1 + 5 * rand())] : "AT"; amount = 1 + 0.7 * m + noise(0.4); minutes = 7 + noise(1)
    fraud = i % 401 == 0 || i == 16000
    if (fraud) { m = int(1 + 3 * rand()); where = "CZ"; amount = 5 + noise(0.3); minutes = 3 + noise(0.5) }
    printf "card-%d,%.0f,%s,%s,%s,%.3f,%.3f,%s\n", 1000 + 900 * rand(), (now + 86400 * (from + i / 8000)) * 1000,
      merchant[m], where, (m > 5 ? "true" : "false"), amount, minutes, (fraud ? "true" : "false")
  }
}
