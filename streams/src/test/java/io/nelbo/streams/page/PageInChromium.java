package io.nelbo.streams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The live page in a real browser; it leaves screenshots in {@code target/screenshots}. Only with
 * {@code -Pbrowser}: {@code ./mvnw -Pbrowser test}, which runs nothing else and needs Chromium, or
 * its path in {@code -Dnelbo.chromium}.
 */
class PageInChromium {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path profile;
  private Stage stage;
  private Chromium browser;

  @BeforeEach
  void start() throws Exception {
    stage = new Stage();
    browser = Chromium.start(executable(), profile);
  }

  @AfterEach
  void stop() {
    browser.close();
    stage.close();
  }

  private static Path executable() {
    String told = System.getProperty("nelbo.chromium", "");
    return Stream.of(
            told, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .filter(path -> !path.isEmpty())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no Chromium: install it, or set -Dnelbo.chromium to it"));
  }

  @ParameterizedTest
  @CsvSource({"light, 1360, 1000", "dark, 1360, 1000", "light, 390, 844", "dark, 390, 844"})
  void pageShowsTheStreamInEachThemeAndWidth(String theme, int width, int height)
      throws IOException {
    boolean phone = width < 600;
    browser.resize(width, height, phone);
    browser.theme(theme);
    stage.putInForce(1);
    stage.play();
    browser.open(stage.address());
    awaitTrue("document.querySelectorAll('#alert-list > li').length >= 4");
    stage.putInForce(2);
    awaitTrue("document.querySelectorAll('#timeline > li').length >= 2");
    awaitTrue("document.getElementById('state').textContent === 'scoring'");

    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo(theme.equals("dark") ? "rgb(14, 20, 18)" : "rgb(246, 247, 244)");
    assertThat(browser.evaluate("document.querySelectorAll('details[open] .bar').length").asInt())
        .isEqualTo(4);
    screenshot(theme + (phone ? "-phone" : "-desktop"), phone);
    assertThatNothingIsWrong();
  }

  @Test
  void warmingUpShowsHowFarItIs() throws IOException {
    browser.resize(1360, 700, false);
    stage.warmUp(640, 1_000);
    browser.open(stage.address());
    awaitTrue("document.getElementById('warm-up-text').textContent.startsWith('640 of the 1,000')");

    assertThat(browser.evaluate("document.getElementById('warm-up-progress').value").asDouble())
        .isEqualTo(0.64);
    assertThat(browser.evaluate("document.getElementById('stream').hidden").asBoolean()).isTrue();
    screenshot("warming-up", false);

    stage.putInForce(1);
    awaitTrue("document.getElementById('warm-up').hidden");
    assertThat(browser.evaluate("document.getElementById('stream').hidden").asBoolean()).isFalse();
    assertThatNothingIsWrong();
  }

  @Test
  void markupInARecordStaysText() {
    stage.putInForce(1);
    stage.attack();
    browser.open(stage.address());
    awaitTrue("document.querySelectorAll('#alert-list > li').length === 1");
    awaitTrue("document.querySelectorAll('#stray-list > li').length === 1");

    assertThat(browser.evaluate("document.querySelector('.about').textContent").asText())
        .isEqualTo(Stage.HOSTILE);
    assertThat(browser.evaluate("document.querySelector('.feature').textContent").asText())
        .isEqualTo(Stage.HOSTILE);
    assertThat(browser.evaluate("document.querySelectorAll('main img').length").asInt()).isZero();
    assertThat(browser.evaluate("typeof window.hostile").asText()).isEqualTo("undefined");
    assertThatNothingIsWrong();
  }

  @Test
  void alertsOpenByKeyboardAndTheStreamCanBeHeld() {
    stage.putInForce(1);
    stage.attack();
    browser.open(stage.address());
    awaitTrue("document.querySelectorAll('details[open]').length === 1");

    browser.evaluate("document.querySelector('summary').focus()");
    browser.press("Enter");
    awaitTrue("document.querySelectorAll('details[open]').length === 0");
    browser.evaluate("document.getElementById('pause').focus()");
    browser.press("Enter");
    awaitTrue("document.getElementById('pause').getAttribute('aria-pressed') === 'true'");
    stage.attack();
    awaitTrue("document.getElementById('pause').textContent === 'Resume (1 new)'");
    assertThat(browser.evaluate("document.querySelectorAll('#alert-list > li').length").asInt())
        .isEqualTo(1);
    browser.press("Enter");
    awaitTrue("document.querySelectorAll('#alert-list > li').length === 2");
    assertThatNothingIsWrong();
  }

  @Test
  void lostConnectionIsSaid() throws IOException {
    stage.putInForce(1);
    browser.open(stage.address());
    awaitTrue("document.getElementById('state').textContent === 'scoring'");

    stage.close();

    awaitTrue("document.getElementById('state').textContent.startsWith('connection lost')");
    stage = new Stage();
  }

  private void awaitTrue(String condition) {
    await()
        .alias(condition)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> browser.evaluate(condition).asBoolean());
  }

  private void screenshot(String name, boolean phone) throws IOException {
    if (phone) {
      int whole = browser.evaluate("document.documentElement.scrollHeight").asInt();
      browser.resize(390, Math.min(whole, 4_000), true);
    }
    browser.screenshot(Path.of("target", "screenshots", name + ".png"));
  }

  private void assertThatNothingIsWrong() {
    assertThat(browser.told("Log.entryAdded")).isEmpty();
    assertThat(browser.told("Runtime.exceptionThrown")).isEmpty();
    List<String> asked =
        browser.told("Network.requestWillBeSent").stream()
            .map((JsonNode event) -> event.at("/params/request/url").asText())
            .toList();
    assertThat(asked).isNotEmpty().allMatch(url -> url.startsWith(stage.address().toString()));
  }
}
