package dev.isobar.function.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * Describes v1beta1 for reflection: v1 under another package name, as Crossplane generates it too.
 */
final class BetaDescriptor {
  private static final String V1 = "apiextensions.fn.proto.v1";
  private static final String V1BETA1 = "apiextensions.fn.proto.v1beta1";

  private BetaDescriptor() {}

  static FileDescriptor of(FileDescriptor v1) {
    FileDescriptorProto.Builder file = v1.toProto().toBuilder();
    file.setPackage(V1BETA1).setName(file.getName().replace("/v1/", "/v1beta1/"));
    file.getMessageTypeBuilderList().forEach(BetaDescriptor::rename);
    file.getServiceBuilderList().forEach(BetaDescriptor::rename);
    try {
      return FileDescriptor.buildFrom(
          file.build(), v1.getDependencies().toArray(FileDescriptor[]::new));
    } catch (DescriptorValidationException impossible) {
      throw new IllegalStateException("a renamed package is as valid as before", impossible);
    }
  }

  private static void rename(DescriptorProto.Builder message) {
    message.getNestedTypeBuilderList().forEach(BetaDescriptor::rename);
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      if (field.hasTypeName()) {
        field.setTypeName(rename(field.getTypeName()));
      }
    }
  }

  private static void rename(ServiceDescriptorProto.Builder service) {
    for (MethodDescriptorProto.Builder method : service.getMethodBuilderList()) {
      method.setInputType(rename(method.getInputType()));
      method.setOutputType(rename(method.getOutputType()));
    }
  }

  private static String rename(String type) {
    return type.startsWith("." + V1 + ".") ? "." + V1BETA1 + type.substring(V1.length() + 1) : type;
  }
}
