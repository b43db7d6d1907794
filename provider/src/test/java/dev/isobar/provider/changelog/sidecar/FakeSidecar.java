package dev.isobar.provider.changelog.sidecar;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.isobar.provider.changelog.sidecar.proto.Wire;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Crossplane's sidecar in memory, at a real socket. It keeps entries, and behaves as badly as it is
 * told to.
 */
public final class FakeSidecar implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

  private final BlockingQueue<Wire.ChangeLogEntry> entries = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> unanswered = new LinkedBlockingQueue<>();
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Path socket;
  private final Server server;
  private volatile boolean hanging;
  private volatile Optional<Status> refusal = Optional.empty();

  private FakeSidecar(Path socket) throws IOException {
    this.socket = socket;
    Files.deleteIfExists(socket);
    server =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .directExecutor()
            .addService(service())
            .build()
            .start();
  }

  /** One that listens. */
  public static FakeSidecar at(Path socket) {
    try {
      return new FakeSidecar(socket);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  // What tests tell it.

  /** It takes entries from now on, and answers nothing. */
  public void hang() {
    hanging = true;
  }

  /** It refuses entries from now on. */
  public void refuse(Status status) {
    refusal = Optional.of(status);
  }

  // What tests ask it.

  /** The next entries, this many. */
  public List<Wire.ChangeLogEntry> next(int count) {
    List<Wire.ChangeLogEntry> next = new ArrayList<>();
    while (next.size() < count) {
      next.add(awaited(entries, "entry " + (next.size() + 1) + " of " + count));
    }
    return next;
  }

  /** An object of an entry as maps and lists. */
  public static Map<String, Object> plain(Struct object) {
    Map<String, Object> plain = new TreeMap<>();
    object.getFieldsMap().forEach((field, value) -> plain.put(field, plain(value)));
    return plain;
  }

  private static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> plain(value.getStructValue());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream().map(FakeSidecar::plain).toList();
      case STRING_VALUE -> value.getStringValue();
      case NUMBER_VALUE -> value.getNumberValue();
      case BOOL_VALUE -> value.getBoolValue();
      case NULL_VALUE, KIND_NOT_SET -> null;
    };
  }

  /** Whether there are more entries than were asked for. */
  public boolean hasMore() {
    return !entries.isEmpty();
  }

  /** Waits until an entry came that it answers nothing to. */
  public void awaitUnanswered() {
    awaited(unanswered, "an entry that is not answered");
  }

  private static <T> T awaited(BlockingQueue<T> queue, String what) {
    try {
      T one = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (one == null) {
        throw new AssertionError("no " + what + " came within " + LIMIT_SECONDS + " s");
      }
      return one;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** It dies, with everything under way, and its socket goes. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the sidecar does not end");
      }
      Files.deleteIfExists(socket);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private BindableService service() {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("changelogs.proto.v1alpha1.ChangeLogService/SendChangeLog")
            .setRequestMarshaller(new Message())
            .setResponseMarshaller(new Message())
            .build();
    return () ->
        ServerServiceDefinition.builder("changelogs.proto.v1alpha1.ChangeLogService")
            .addMethod(method, ServerCalls.asyncUnaryCall(this::take))
            .build();
  }

  private void take(byte[] request, StreamObserver<byte[]> call) {
    try {
      Wire.ChangeLogEntry entry = Wire.SendChangeLogRequest.parseFrom(request).getEntry();
      if (hanging) {
        unanswered.add(true);
      } else if (refusal.isPresent()) {
        call.onError(refusal.get().asRuntimeException());
      } else {
        entries.add(entry);
        call.onNext(Wire.SendChangeLogResponse.getDefaultInstance().toByteArray());
        call.onCompleted();
      }
    } catch (IOException unreadable) {
      call.onError(Status.INVALID_ARGUMENT.withCause(unreadable).asRuntimeException());
    }
  }

  private static final class Message implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
