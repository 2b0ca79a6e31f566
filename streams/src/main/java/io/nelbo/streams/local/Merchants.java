package io.nelbo.streams.local;

import io.nelbo.schemas.MerchantCategory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** What is bought when, where and for how much. Hours are local, 0 to 24. */
final class Merchants {
  /** The logarithm of what the usual card usually pays, in EUR. */
  static final double USUAL = 4.0;

  /** What a unit of the holder's wealth adds to the logarithm of an amount. */
  static final double WEALTH = 0.3;

  private static final Map<MerchantCategory, Trade> TRADES = new EnumMap<>(MerchantCategory.class);

  static {
    TRADES.put(MerchantCategory.GROCERY, new Trade(30, 8, 21, 3.4, 0.25, 0));
    TRADES.put(MerchantCategory.FUEL, new Trade(14, 6, 22, 4.1, 0.12, 0));
    TRADES.put(MerchantCategory.RESTAURANT, new Trade(18, 12, 23, 3.5, 0.25, 0));
    TRADES.put(MerchantCategory.TRAVEL, new Trade(12, 8, 23, 5.8, 0.25, 1));
    TRADES.put(MerchantCategory.ELECTRONICS, new Trade(8, 9, 20, 5.0, 0.25, 0.5));
    TRADES.put(MerchantCategory.CLOTHING, new Trade(12, 9, 20, 4.2, 0.25, 0.4));
    TRADES.put(MerchantCategory.GAMING, new Trade(20, 14, 29, 2.6, 0.25, 1));
    TRADES.put(MerchantCategory.CASH, new Trade(16, 10, 15, 4.6, 0.25, 0));
  }

  private Merchants() {}

  /**
   * A line of business.
   *
   * @param weight how often it is used within its hours
   * @param from the hour about which it opens
   * @param to the hour about which it closes
   * @param amount the mean logarithm of an amount in EUR
   * @param spread its deviation for one and the same card
   * @param online the share that is paid online
   */
  record Trade(double weight, double from, double to, double amount, double spread, double online) {
    /** How often it is used at this hour; doors open and close within about an hour. */
    double activity(double hour) {
      double late = hour < 5 ? hour + 24 : hour;
      return weight * step(2 * (late - from)) * step(2 * (to - late));
    }

    private static double step(double x) {
      return x < -2 ? 0 : x > 2 ? 1 : 0.5 + x / 4;
    }

    double amountLog(Card card, Random random) {
      return amount + WEALTH * card.wealth() + spread * Draw.normal(random);
    }
  }

  static Trade trade(MerchantCategory category) {
    Trade trade = TRADES.get(category);
    if (trade == null) {
      throw new IllegalArgumentException("no trade for " + category);
    }
    return trade;
  }

  /** How much is bought at this hour, of everything. */
  static double activity(double hour) {
    double sum = 0;
    for (Trade trade : TRADES.values()) {
      sum += trade.activity(hour);
    }
    return sum;
  }

  static MerchantCategory category(double hour, Random random) {
    double left = activity(hour) * random.nextDouble();
    for (Map.Entry<MerchantCategory, Trade> trade : TRADES.entrySet()) {
      left -= trade.getValue().activity(hour);
      if (left < 0) {
        return trade.getKey();
      }
    }
    return MerchantCategory.GAMING;
  }

  /** The country of an online shop: mostly the holder's own. */
  static String shop(Card card, Random random) {
    double draw = random.nextDouble();
    return draw < 0.8 ? card.home() : draw < 0.9 ? "US" : "IE";
  }
}
