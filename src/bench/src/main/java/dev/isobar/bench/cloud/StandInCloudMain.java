package dev.isobar.bench.cloud;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The program: serves on the port of the loopback that is its only argument, until it is ended. */
public final class StandInCloudMain {
  private static final int BACKLOG = 100;

  private StandInCloudMain() {}

  /** Serves. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var _ = server.createContext("/", new StandInCloud("http://127.0.0.1:" + port));
    server.start();
  }
}
