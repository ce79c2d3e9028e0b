package org.seesong.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.seesong.image.DecoderLimits;
import org.seesong.server.SeesongServer;
import org.seesong.server.ServerOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves an index over HTTP until it is stopped. */
@Command(
    name = "serve",
    description = {
      "Serves an index over HTTP: a page for people, and an API for programs (/openapi.json). New"
          + " commits and builds in the folder are served without a restart. Ctrl-C stops it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong serve my-index",
      "  seesong serve my-index --port 8080 --votes votes.jsonl",
      "  seesong serve my-index --host 0.0.0.0 --token-file token.txt"
    })
final class ServeCommand implements Callable<Integer> {
  /** Bytes of a token with room to spare; a file may be endless. */
  private static final int MAX_TOKEN_FILE = 4096;

  @Parameters(paramLabel = "DIR", description = "Folder that a build made.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8901",
      description = "Port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "Address to listen on; 0.0.0.0 for all of this machine (default: ${DEFAULT-VALUE}, which"
            + " other machines cannot reach)."
      })
  private String host;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File with a token of 16 or more characters that requests to the API must carry as"
            + " Authorization: Bearer TOKEN (default: none need to)."
      })
  private Path tokenFile;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      description = {
        "Web origin whose pages may call the API, such as https://example.org; may be given again"
            + " (default: none but the server's own page)."
      })
  private List<String> origins = List.of();

  @Option(
      names = "--votes",
      paramLabel = "FILE",
      description = "Take votes on songs and append them to this file, a JSON object a line.")
  private Path votes;

  @Option(
      names = "--max-upload-bytes",
      paramLabel = "N",
      defaultValue = "20000000",
      description = "Largest request in bytes (default: ${DEFAULT-VALUE}).")
  private int maxUploadBytes;

  @Option(
      names = "--max-megapixels",
      paramLabel = "N",
      defaultValue = "100",
      description = "Largest picture in megapixels, up to 2000 (default: ${DEFAULT-VALUE}).")
  private double megapixels;

  @Option(
      names = "--encoder-queue",
      paramLabel = "N",
      defaultValue = "64",
      description = {
        "Uploaded pictures that are in work or wait at once; more are refused with 503 until some"
            + " are done (default: ${DEFAULT-VALUE})."
      })
  private int encoderQueue;

  @Option(
      names = "--behind-proxy",
      description = {
        "Tell clients apart by X-Forwarded-For, which a reverse proxy in front of the server sets;"
            + " not without one, since clients could set it."
      })
  private boolean behindProxy;

  @Option(
      names = "--log",
      description = {
        "Print a line for each request on standard error: id, method, address without what was"
            + " asked, status, time."
      })
  private boolean log;

  private final Console console;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    // Read by the logger when its first line is written, which is later.
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    System.setProperty("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    if (log) {
      System.setProperty("org.slf4j.simpleLogger.log.org.seesong.server.requests", "info");
    }
    try (SeesongServer server = SeesongServer.start(folder, options())) {
      if (!server.encoderProblem().isEmpty()) {
        console.log(
            "seesong: pictures from outside cannot be asked by: "
                + server.encoderProblem()
                + "\n  Words, keywords, songs and pictures of the index are answered.");
      }
      console.data("seesong serves " + folder + " at " + server.uri());
      Thread hook = new Thread(() -> stop(server), "seesong-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        server.join();
      } catch (InterruptedException e) {
        Runtime.getRuntime().removeShutdownHook(hook); // the person at the command ends it so
      }
    }
    return Seesong.DONE;
  }

  /** On Ctrl-C or SIGTERM: requests in work end, and the program with them, in order. */
  private void stop(SeesongServer server) {
    int code = Seesong.DONE;
    try {
      console.log("seesong: stopping; requests in work are finished");
      server.close();
    } catch (IOException e) {
      console.log("seesong: " + Failures.message(e));
      code = Seesong.FAILED;
    }
    console.logStream().flush();
    // Else the exit code would be that of the signal.
    Runtime.getRuntime().halt(code);
  }

  private ServerOptions options() throws IOException {
    try {
      ServerOptions.Builder options =
          ServerOptions.DEFAULT.toBuilder()
              .host(host)
              .port(port)
              .origins(origins)
              .maxUploadBytes(maxUploadBytes)
              .encoderQueue(encoderQueue)
              .forwarded(behindProxy)
              .limits(limits())
              .version(Version.number());
      if (tokenFile != null) {
        options.token(token());
      }
      if (votes != null) {
        options.votes(votes);
      }
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private DecoderLimits limits() {
    if (!(megapixels > 0 && megapixels <= 2000)) {
      throw new IllegalArgumentException(
          "--max-megapixels must be above 0 and at most 2000; got: " + megapixels);
    }
    return DecoderLimits.DEFAULTS.withMaxPixels(Math.max(1, Math.round(megapixels * 1e6)));
  }

  private String token() throws IOException {
    if (Files.isDirectory(tokenFile)) {
      throw new IllegalArgumentException(
          "--token-file " + tokenFile + " is a folder; name a file that holds the token");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(tokenFile)) {
      bytes = in.readNBytes(MAX_TOKEN_FILE + 1);
    }
    if (bytes.length > MAX_TOKEN_FILE) {
      throw new IllegalArgumentException(
          "--token-file "
              + tokenFile
              + " has more than "
              + MAX_TOKEN_FILE
              + " bytes; name a file that holds the token and nothing else");
    }
    // What is no ASCII becomes a character that tokens must not have.
    return new String(bytes, StandardCharsets.US_ASCII).strip();
  }
}
