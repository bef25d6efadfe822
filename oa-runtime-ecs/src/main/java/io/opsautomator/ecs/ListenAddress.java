package io.opsautomator.ecs;

/**
 * Where a server listens, as {@code HOST:PORT}: {@code 127.0.0.1:8080}, {@code [::1]:8080}. Port 0
 * lets the system choose one.
 */
public record ListenAddress(String host, int port) {
  private static final int HIGHEST = 65_535;

  /** Throws IllegalArgumentException if there is no such address. */
  public ListenAddress {
    if (host.isBlank() || port < 0 || port > HIGHEST) {
      throw wrong(host + ":" + port);
    }
  }

  /** Throws IllegalArgumentException naming the value if it has another form. */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("[0-9]{1,5}")) {
      throw wrong(text);
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.contains(":")) {
      throw wrong(text);
    }
    return new ListenAddress(
        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080, port 0 to 65535");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
