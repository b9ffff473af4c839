package dev.whiteboard.benchmarks.designs.image;

import static dev.whiteboard.benchmarks.designs.image.Client.field;
import static dev.whiteboard.benchmarks.designs.image.Client.json;
import static dev.whiteboard.benchmarks.designs.image.Client.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.primitives.Bytes;
import dev.whiteboard.ratelimit.Limit;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad input is answered with 4xx and JSON problem details, and leaves no row, no file and nothing unfinished. */
class BadInputTest {
  @TempDir
  static Path data;

  private static final int MAX_BYTES = 100_000;
  private static final int BURST = 40;

  private static ImageSystem system;
  private static Client nobody;
  private static Client ada;
  private static int users;

  private List<Path> filesBefore = List.of();
  private String listingBefore = "";

  @BeforeAll
  static void start() throws Exception {
    system = ImageSystem.builder(data)
        .passwordIterations(10)
        .forced(false)
        .maxBytes(MAX_BYTES)
        .limits(
            Limit.of(BURST).per(Duration.ofHours(1)).burst(BURST),
            Limit.perSecond(10_000),
            Limit.perSecond(10_000))
        .start();
    nobody = Client.of(system);
  }

  @AfterAll
  static void stop() throws Exception {
    system.close();
  }

  @BeforeEach
  void signUp() throws Exception {
    ada = nobody.signUp("ada-" + users++);
    rememberWhatIsThere();
  }

  /** Tests that leave something on purpose call it again. */
  private void rememberWhatIsThere() throws Exception {
    system.makeThumbnails();
    filesBefore = files();
    listingBefore = text(ada.get("/images?mine=true"));
  }

  @AfterEach
  void noTraceIsLeft() throws Exception {
    system.makeThumbnails();
    assertEquals(filesBefore, files());
    assertEquals(listingBefore, text(ada.get("/images?mine=true")));
  }

  private static List<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .filter(
              path -> path.getParent().getParent().getFileName().toString().startsWith("storage"))
          .sorted()
          .toList();
    }
  }

  private static void refused(int status, String detail, HttpResponse<byte[]> response) {
    assertEquals(status, response.statusCode(), () -> text(response));
    assertEquals("application/problem+json", field(response, "Content-Type"));
    assertEquals(detail, json(response).get("detail").getAsString());
    assertEquals(status, json(response).get("status").getAsInt());
    assertEquals("about:blank", json(response).get("type").getAsString());
  }

  @Test
  void upload_oneByteTooMany_is413() {
    refused(
        413,
        "the body must have at most 100000 bytes",
        ada.upload("large", true, new byte[MAX_BYTES + 1]));
  }

  @Test
  void upload_tooManyBytesOfUnknownLength_is413() {
    refused(
        413,
        "the body must have at most 100000 bytes",
        ada.upload(
            "large",
            true,
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[MAX_BYTES + 1]))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif"})
  void upload_truncated_is400(String format) {
    byte[] whole = Pictures.encode(1, format);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    refused(
        400,
        "the %s is cut off".formatted(format.toUpperCase(Locale.ROOT)),
        ada.upload("half", true, half));
  }

  @Test
  void upload_bytesAfterTheEnd_is400() {
    byte[] image = Bytes.concat(Pictures.png(1), "<script>".getBytes(UTF_8));
    refused(400, "the PNG has something after its end", ada.upload("polyglot", true, image));
  }

  @Test
  void upload_oneBitFlipped_is400() {
    byte[] image = Pictures.png(1);
    image[image.length / 2] ^= 1;
    refused(400, "the PNG is damaged", ada.upload("flipped", true, image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "<html><script>alert(1)</script>", "<svg onload='x'/>"})
  void upload_notAnImage_is415(String body) {
    refused(
        415,
        "the body must be a PNG, JPEG or GIF image",
        ada.upload("text", true, body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../etc/passwd", "..\\windows", "a\u0000b", "line\nbreak"})
  void upload_titleLikeAPathOrWithControls_is400(String title) {
    refused(
        400,
        "title must be 1 to 100 characters without / \\ and controls",
        ada.upload(title, true, Pictures.png(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,,b",
        ",",
        "a b",
        "../x",
        "<b>",
        "0123456789012345678901234567890",
        "İ",
        "a,b,c,d,e,f,g,h,i,j,k"
      })
  void tags_notWordsOrTooMany_is400(String tags) {
    String message = "tags must be at most 10, each 1 to 30 letters, digits, - and _";
    refused(400, message, ada.uploadTagged("tagged", true, tags, Pictures.png(1)));
    String query = URLEncoder.encode(tags, UTF_8).replace("%2C", "&tag=");
    refused(400, message, nobody.get("/images?tag=" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/i/..%2f..%2fetc%2fpasswd",
        "/i/%2e%2e",
        "/i/0",
        "/i/0000000000",
        "/i/%00",
        "/i/0000000000/thumbnail"
      })
  void get_nameThatIsNoCode_is404(String target) {
    refused(404, "there is no such image", nobody.get(target));
  }

  @Test
  void upload_withoutSession_is401() {
    refused(401, "sign in first", nobody.upload("anonymous", true, Pictures.png(1)));
  }

  @Test
  void get_wrongSignature_is403() throws Exception {
    String code = ada.add("signed", false, Pictures.png(1));
    String other = ada.add("not signed", false, Pictures.png(2));
    rememberWhatIsThere();
    String url = json(ada.post("/images/" + code + "/links", "{\"seconds\": 60}"))
        .get("url")
        .getAsString();
    refused(
        403, "the link's signature is wrong", nobody.get(url.replace("expires=1", "expires=2")));
    refused(403, "the link's signature is wrong", nobody.get(url.replace(code, other)));
  }

  @Test
  void change_anotherUsersImage_is403OrAsIfItWereNotThere() throws Exception {
    String open = "/images/" + ada.add("open", true, Pictures.png(1));
    String hidden = "/images/" + ada.add("hidden", false, Pictures.png(2));
    Client eve = nobody.signUp("eve-" + users++);
    rememberWhatIsThere();
    refused(403, "the image is another user's", eve.delete(open));
    refused(
        403, "the image is another user's", eve.put(open + "/visibility", "{\"isPublic\": false}"));
    refused(404, "there is no such image", eve.delete(hidden));
    refused(404, "there is no such image", eve.post(hidden + "/links", "{\"seconds\": 60}"));
  }

  @Test
  void upload_sameImageAgain_is409AndNamesTheFirst() throws Exception {
    String code = ada.add("first", true, Pictures.png(1));
    rememberWhatIsThere();
    HttpResponse<byte[]> second = ada.upload("second", true, Pictures.png(1));
    refused(409, "you have uploaded this image already", second);
    assertEquals("/i/" + code, field(second, "Location"));
  }

  @Test
  void upload_thousandAtOnceOfOneImage_storesOne() throws Exception {
    byte[] image = Pictures.png(1);
    ExecutorService threads = Executors.newFixedThreadPool(32);
    List<CompletableFuture<Integer>> statuses = IntStream.range(0, 1000)
        .mapToObj(i -> CompletableFuture.supplyAsync(
            () -> ada.upload("one of many", true, image).statusCode(), threads))
        .toList();
    List<Integer> all =
        new ArrayList<>(statuses.stream().map(CompletableFuture::join).toList());
    threads.shutdown();
    assertEquals(1, all.stream().filter(status -> status == 201).count());
    assertEquals(BURST - 1, all.stream().filter(status -> status == 409).count());
    assertEquals(1000 - BURST, all.stream().filter(status -> status == 429).count());
    int files = filesBefore.size();
    rememberWhatIsThere();
    assertEquals(files + 4, filesBefore.size()); // two copies of the image, two of its thumbnail
    assertEquals(1, listingBefore.split("one of many", -1).length - 1);
  }

  @Test
  void upload_overTheLimit_is429WithHeaders() {
    for (int i = 0; i < BURST; i++) {
      ada.upload("text", true, new byte[1]);
    }
    HttpResponse<byte[]> refused = ada.upload("text", true, Pictures.png(1));
    refused(429, "too many uploads: wait as long as Retry-After says", refused);
    assertEquals("\"uploads\";q=40;w=3600", field(refused, "RateLimit-Policy"));
    assertTrue(field(refused, "RateLimit").startsWith("\"uploads\";r=0;t="));
    int seconds = Integer.parseInt(field(refused, "Retry-After"));
    assertTrue(seconds >= 60 && seconds <= 90, () -> "" + seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"name\": \"x\"}",
        "{\"name\": [], \"password\": \"longenough\"}"
      })
  void signUp_notTheJsonThatIsAskedFor_is400(String body) {
    HttpResponse<byte[]> response = nobody.post("/users", body);
    assertEquals(400, response.statusCode(), () -> text(response));
    assertTrue(json(response).get("detail").getAsString().startsWith("the body must be "));
  }

  @Test
  void signUp_badNameOrPassword_is400() {
    refused(
        400,
        "name must be 3 to 40 of a-z, 0-9, _ and -",
        nobody.post("/users", "{\"name\": \"../x\", \"password\": \"long enough\"}"));
    refused(
        400,
        "password must have 8 to 100 characters",
        nobody.post("/users", "{\"name\": \"good\", \"password\": \"short\"}"));
  }

  @Test
  void signUp_nameThatIsTaken_is409() {
    nobody.signUp("taken");
    refused(
        409,
        "the name is taken",
        nobody.post("/users", "{\"name\": \"taken\", \"password\": \"long enough\"}"));
  }

  @Test
  void signIn_wrongPasswordOrName_is401WithOneText() {
    nobody.signUp("known");
    String wrong = "the name or the password is wrong";
    refused(
        401,
        wrong,
        nobody.post("/sessions", "{\"name\": \"known\", \"password\": \"wrong horse\"}"));
    refused(
        401,
        wrong,
        nobody.post("/sessions", "{\"name\": \"unknown\", \"password\": \"wrong horse\"}"));
  }

  @Test
  void link_secondsOutOfRange_is400() throws Exception {
    String links = "/images/" + ada.add("shared", false, Pictures.png(1)) + "/links";
    rememberWhatIsThere();
    String message = "seconds must be in [1, 2592000]";
    refused(400, message, ada.post(links, "{\"seconds\": 0}"));
    refused(400, message, ada.post(links, "{\"seconds\": 2592001}"));
  }

  @Test
  void anything_unknownPageOrMethod_is404Or405() {
    refused(404, "there is no such page", ada.getFromWrite("/nothing"));
    refused(405, "this page does not take that method", ada.delete("/images"));
  }
}
