package org.seesong.bench.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;

/** Where measurements write: figures to the data stream, all else to the log stream. */
public final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream data;
  private final PrintStream log;

  /**
   * Writes to two streams.
   *
   * @param data where figures go
   * @param log where all else goes
   */
  public Output(PrintStream data, PrintStream log) {
    this.data = data;
    this.log = log;
  }

  /**
   * Prints figures.
   *
   * @param line one line
   */
  public void data(String line) {
    data.println(line);
  }

  /**
   * Prints figures as a line of JSON.
   *
   * @param value an object that Jackson can write
   */
  public void json(Object value) {
    try {
      data.println(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * Tells the person at the terminal.
   *
   * @param line one line
   */
  public void log(String line) {
    log.println(line);
  }
}
