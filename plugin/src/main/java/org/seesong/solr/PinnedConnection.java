package org.seesong.solr;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens a connection to one address, whatever the name of the host means by then: a name that is
 * looked up again after it has been checked may lead elsewhere (DNS rebinding). Certificates are
 * checked against the name. No proxy stands between, for it would look the name up itself.
 */
final class PinnedConnection {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private PinnedConnection() {}

  /** A connection that is still to be made. */
  static HttpURLConnection open(URI uri, InetAddress address) throws IOException {
    boolean secure = uri.getScheme().equals("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    // Without its name, which would be looked up.
    InetSocketAddress to =
        new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), port);
    if (secure) {
      HttpsURLConnection connection =
          (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setSSLSocketFactory(new PinnedSockets(to));
      return connection;
    }
    // A server must take the whole address in the first line, as proxies get it (RFC 9112, 3.2.2).
    return (HttpURLConnection) uri.toURL().openConnection(new Proxy(Proxy.Type.HTTP, to));
  }

  /** Java connects a plain socket of this factory and then has it wrapped, with the name. */
  private static final class PinnedSockets extends SSLSocketFactory {
    private final SSLSocketFactory secure = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private final InetSocketAddress to;

    PinnedSockets(InetSocketAddress to) {
      this.to = to;
    }

    @Override
    public Socket createSocket() {
      return new PinnedSocket(to);
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
        throws IOException {
      return secure.createSocket(connected, host, port, autoClose);
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return secure.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return secure.getSupportedCipherSuites();
    }
  }

  private static final class PinnedSocket extends Socket {
    private final InetSocketAddress to;

    PinnedSocket(InetSocketAddress to) {
      super(Proxy.NO_PROXY);
      this.to = to;
    }

    @Override
    public void connect(SocketAddress ignored, int timeout) throws IOException {
      super.connect(to, timeout);
    }
  }
}
