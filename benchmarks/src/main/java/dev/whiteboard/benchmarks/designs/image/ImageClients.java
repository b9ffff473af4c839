package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkState;

import dev.whiteboard.benchmarks.designs.http.Reply;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** The requests that clients of the image service make, and the images that they have. */
final class ImageClients {
  private static final int WIDTH = 64;
  private static final int LEAST_HEIGHT = 32;
  private static final int MOST_HEIGHT = 96;

  private final ImageSystem system;
  private final HttpClient http;

  ImageClients(ImageSystem system, HttpClient http) {
    this.system = system;
    this.http = http;
  }

  /** A picture of noise, which nothing compresses: 64 pixels of a byte by 32 to 96, all heights being as likely. */
  static byte[] noise(RandomGenerator random) {
    int height = random.nextInt(LEAST_HEIGHT, MOST_HEIGHT + 1);
    BufferedImage picture = new BufferedImage(WIDTH, height, BufferedImage.TYPE_BYTE_GRAY);
    int[] pixels = random.ints((long) WIDTH * height, 0, 256).toArray();
    picture.getRaster().setPixels(0, 0, WIDTH, height, pixels);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Signs a user up, and returns the token of the session. */
  String signUp(String name) throws IOException {
    String credentials = "{\"name\": \"" + name + "\", \"password\": \"correct horse\"}";
    Reply reply = send(ClassicRequestBuilder.post(system.writeUri().resolve("/users"))
        .setEntity(credentials, ContentType.APPLICATION_JSON)
        .build());
    checkState(reply.status() == 201, "%s cannot sign up: %s", name, reply.text());
    return reply.json().get("token").getAsString();
  }

  /** An upload of a public image, whose title is its number. */
  ClassicHttpRequest upload(String token, int number, byte[] image) {
    return ClassicRequestBuilder.post(
            system.writeUri().resolve("/images?public=true&title=" + number))
        .setHeader("Authorization", "Bearer " + token)
        .setEntity(image, ContentType.IMAGE_PNG)
        .build();
  }

  ClassicHttpRequest read(String code) {
    return ClassicRequestBuilder.get(system.retrievalUri().resolve(ImagePage.PATH + code))
        .build();
  }

  Reply send(ClassicHttpRequest request) throws IOException {
    return Reply.to(request, http);
  }
}
