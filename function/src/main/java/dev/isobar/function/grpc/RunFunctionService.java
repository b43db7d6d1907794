package dev.isobar.function.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.isobar.function.wire.Reply;
import dev.isobar.function.wire.proto.Fn;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.stub.ServerCalls;
import java.util.List;
import java.util.function.Function;

/**
 * The one method, under both versions of its service.
 *
 * <p>Crossplane calls v1, and v1beta1 only before 1.17 or when v1 is not implemented. Both are the
 * same bytes.
 */
final class RunFunctionService {
  static final String V1 = "apiextensions.fn.proto.v1.FunctionRunnerService";
  static final String V1BETA1 = "apiextensions.fn.proto.v1beta1.FunctionRunnerService";

  private RunFunctionService() {}

  /** Both services, answered alike. */
  static List<ServerServiceDefinition> definitions(Function<byte[], Reply> answer) {
    return List.of(
        definition(V1, Fn::getDescriptor, answer),
        definition(V1BETA1, BetaFile::descriptor, answer));
  }

  private static ServerServiceDefinition definition(
      String service, ProtoFileDescriptorSupplier file, Function<byte[], Reply> answer) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "RunFunction"))
            .setRequestMarshaller(BytesMarshaller.INSTANCE)
            .setResponseMarshaller(BytesMarshaller.INSTANCE)
            .build();
    ServiceDescriptor descriptor =
        ServiceDescriptor.newBuilder(service).setSchemaDescriptor(file).addMethod(method).build();
    return ServerServiceDefinition.builder(descriptor)
        .addMethod(
            method,
            ServerCalls.asyncUnaryCall((request, call) -> {
              call.onNext(answer.apply(request).bytes());
              call.onCompleted();
            }))
        .build();
  }

  /** Made when somebody asks for reflection; nobody does in a cluster. */
  private static final class BetaFile {
    private static final FileDescriptor DESCRIPTOR = BetaDescriptor.of(Fn.getDescriptor());

    static FileDescriptor descriptor() {
      return DESCRIPTOR;
    }
  }
}
