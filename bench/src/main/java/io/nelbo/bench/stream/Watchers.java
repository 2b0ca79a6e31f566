package io.nelbo.bench.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Browsers on the live page: some read what they are sent, and some have stopped to. */
final class Watchers implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(US_ASCII);

  private final List<Socket> sockets = new ArrayList<>();
  private final List<AtomicLong> read = new ArrayList<>(); // bytes, of each that reads

  private Watchers() {}

  static Watchers open(int port, int reading, int stalled) throws IOException {
    Watchers watchers = new Watchers();
    for (int i = 0; i < reading; i++) {
      watchers.read(watchers.connect(port));
    }
    for (int i = 0; i < stalled; i++) {
      watchers.connect(port);
    }
    return watchers;
  }

  private Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    sockets.add(socket);
    socket.getOutputStream().write(REQUEST);
    return socket;
  }

  private void read(Socket socket) {
    AtomicLong bytes = new AtomicLong();
    read.add(bytes);
    Thread reader =
        new Thread(
            () -> {
              byte[] buffer = new byte[65_536];
              try (InputStream in = socket.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                  bytes.addAndGet(n);
                }
              } catch (IOException e) {
                // Closed, here or there.
              }
            },
            "watcher");
    reader.setDaemon(true);
    reader.start();
  }

  /** The least that one of those that read has read, in KiB; 0 if none reads. */
  double leastKibibytes() {
    return read.stream().mapToLong(AtomicLong::get).min().orElse(0) / 1024.0;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
