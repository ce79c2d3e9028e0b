package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what the curl commands of the guides say, where there may be no curl. */
final class CurlCommand {
  private static final String SERVER = "http://127.0.0.1:8901/";
  private static final String BOUNDARY = "the-forms-boundary";

  /** Words of a shell: in quotes or without spaces. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private CurlCommand() {}

  /** The words of a command. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
    }
    return words;
  }

  /**
   * Sends the request, whose answer must be a good one.
   *
   * @param server what stands in the place of the guides' server
   * @param folder where files are
   */
  static HttpResponse<byte[]> run(String command, URI server, Path folder)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String method = "GET";
    byte[] body = new byte[0];
    List<String> words = words(command);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(SERVER)) {
        request.uri(server.resolve(word.substring(SERVER.length() - 1)));
        continue;
      }
      String value = words.get(++i);
      switch (word) {
        case "-H" -> request.header(value.split(": ", 2)[0], value.split(": ", 2)[1]);
        case "-d" -> body = value.getBytes(StandardCharsets.UTF_8);
        case "--data-binary" -> body = Files.readAllBytes(folder.resolve(value.substring(1)));
        case "-F" -> addPart(form, value, folder);
        default -> throw new IllegalArgumentException("no option of the guide's: " + word);
      }
      method = word.equals("-H") ? method : "POST";
    }
    if (form.size() > 0) {
      form.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
      body = form.toByteArray();
      request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
    }
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                request.method(method, BodyPublishers.ofByteArray(body)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isIn(200, 204);
    return answer;
  }

  private static void addPart(ByteArrayOutputStream form, String value, Path folder)
      throws IOException {
    String name = value.substring(0, value.indexOf('='));
    String content = value.substring(value.indexOf('=') + 1);
    boolean file = content.startsWith("@");
    form.write(
        ("--"
                + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\""
                + name
                + "\""
                + (file ? "; filename=\"" + content.substring(1) + "\"" : "")
                + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.write(
        file
            ? Files.readAllBytes(folder.resolve(content.substring(1)))
            : content.getBytes(StandardCharsets.UTF_8));
    form.write("\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
