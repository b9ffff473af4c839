package dev.whiteboard.benchmarks.designs.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** What a server answered, the whole of it in memory. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies
public record Reply(int status, byte[] body, Header[] fields) {
  /** Sends a request and waits for the answer. */
  public static Reply to(ClassicHttpRequest request, HttpClient client) throws IOException {
    return client.execute(request, Reply::of);
  }

  private static Reply of(ClassicHttpResponse response) throws IOException {
    byte[] body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Reply(response.getCode(), body, response.getHeaders());
  }

  /** A header field. */
  public Optional<String> field(String name) {
    for (Header field : fields) {
      if (field.getName().equalsIgnoreCase(name)) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }

  /** The body as text. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** The body as a JSON object. */
  public JsonObject json() {
    return JsonParser.parseString(text()).getAsJsonObject();
  }
}
