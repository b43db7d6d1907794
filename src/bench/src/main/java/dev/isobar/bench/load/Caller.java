package dev.isobar.bench.load;

import dev.isobar.bench.server.Certificates;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** One HTTP/2 connection with mTLS, as core keeps to a function; bytes in, bytes out. */
public final class Caller implements Closeable {
  private static final int LARGEST = 16 * 1024 * 1024;
  private static final int PATIENCE_SECONDS = 30;

  private static final MethodDescriptor<byte[], byte[]> METHOD =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("apiextensions.fn.proto.v1.FunctionRunnerService/RunFunction")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ManagedChannel channel;

  private Caller(int port, Certificates certificates) throws IOException {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .maxInboundMessageSize(LARGEST)
            .sslContext(
                GrpcSslContexts.configure(
                        io.netty.handler.ssl.SslContextBuilder.forClient(), SslProvider.JDK)
                    .trustManager(certificates.authority())
                    .keyManager(certificates.clientKey(), certificates.client())
                    .build())
            .build();
  }

  /** A caller of the function on a port of the loopback; nothing is sent yet. */
  public static Caller to(int port, Certificates certificates) throws IOException {
    return new Caller(port, certificates);
  }

  /** Asks once and waits. */
  public byte[] ask(byte[] request) {
    CallOptions options =
        CallOptions.DEFAULT
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .withWaitForReady();
    return ClientCalls.blockingUnaryCall(channel, METHOD, options, request);
  }

  /** Asks once; the answer comes on the connection's thread. */
  void ask(byte[] request, StreamObserver<byte[]> answered) {
    ClientCalls.asyncUnaryCall(channel.newCall(METHOD, CallOptions.DEFAULT), request, answered);
  }

  @Override
  public void close() {
    try {
      if (!channel.shutdownNow().awaitTermination(1, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the connection does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  /** Hands bytes through, so that the client takes as little of the machine as it can. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try (stream) {
        return stream.readAllBytes();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
