package dev.isobar.provider.changelog.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.changelog.ChangeLogEntry;
import dev.isobar.provider.changelog.ChangeLogEntry.Operation;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryEncodingTest {
  private static final Instant AT = Instant.parse("2026-11-26T10:00:00.25Z");

  private static ChangeLogEntry entry(Operation operation, Tree snapshot, Optional<String> error) {
    return new ChangeLogEntry(
        AT,
        "provider-isobar:0.1.0",
        operation,
        "m-1",
        snapshot,
        error,
        new TreeMap<>(Map.of("machineType", "small")));
  }

  private static String text(ChangeLogEntry entry) {
    return TextFormat.printer().printToString(EntryEncoding.request(entry));
  }

  @Test
  void everythingIsAsCrossplaneNamesIt() {
    Tree instance =
        Tree.of(
            Map.of(
                "apiVersion", "compute.isobar.dev/v1alpha1",
                "kind", "Instance",
                "metadata", Map.of("name", "one")));
    assertThat(text(entry(Operation.CREATE, instance, Optional.of("QuotaExceeded: cores"))))
        .isEqualTo(
            """
            entry {
              timestamp {
                seconds: 1795687200
                nanos: 250000000
              }
              provider: "provider-isobar:0.1.0"
              api_version: "compute.isobar.dev/v1alpha1"
              kind: "Instance"
              name: "one"
              external_name: "m-1"
              operation: OPERATION_TYPE_CREATE
              snapshot {
                fields {
                  key: "apiVersion"
                  value {
                    string_value: "compute.isobar.dev/v1alpha1"
                  }
                }
                fields {
                  key: "kind"
                  value {
                    string_value: "Instance"
                  }
                }
                fields {
                  key: "metadata"
                  value {
                    struct_value {
                      fields {
                        key: "name"
                        value {
                          string_value: "one"
                        }
                      }
                    }
                  }
                }
              }
              error_message: "QuotaExceeded: cores"
              additional_details {
                key: "machineType"
                value: "small"
              }
            }
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE, OPERATION_TYPE_CREATE",
    "UPDATE, OPERATION_TYPE_UPDATE",
    "DELETE, OPERATION_TYPE_DELETE"
  })
  void operationsHaveTheirNumbers(Operation operation, String theirs) {
    var message = EntryEncoding.request(entry(operation, Tree.of(Map.of()), Optional.empty()));
    assertThat(message.getEntry().getOperation()).hasToString(theirs);
    assertThat(message.getEntry().hasErrorMessage()).as("nothing went wrong").isFalse();
  }

  @Test
  void snapshotsHoldWhateverJsonHolds() {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("absent", null);
    spec.put("count", 3);
    spec.put("list", Arrays.asList("a", null, List.of(true)));
    spec.put("share", 0.5);
    spec.put("truth", false);
    var snapshot =
        EntryEncoding.request(
                entry(Operation.DELETE, Tree.of(Map.of("spec", spec)), Optional.empty()))
            .getEntry()
            .getSnapshot();
    assertThat(TextFormat.printer().emittingSingleLine(true).printToString(snapshot))
        .isEqualTo(
            "fields { key: \"spec\" value { struct_value {"
                + " fields { key: \"absent\" value { null_value: NULL_VALUE } }"
                + " fields { key: \"count\" value { number_value: 3.0 } }"
                + " fields { key: \"list\" value { list_value {"
                + " values { string_value: \"a\" }"
                + " values { null_value: NULL_VALUE }"
                + " values { list_value { values { bool_value: true } } } } } }"
                + " fields { key: \"share\" value { number_value: 0.5 } }"
                + " fields { key: \"truth\" value { bool_value: false } } } } }");
  }
}
