package dev.isobar.testbed.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to start.
 *
 * @param name what messages and logs call it
 * @param words the program and its arguments
 * @param environment variables besides those of this process
 * @param folder where it runs
 */
public record Command(
    String name, List<String> words, Map<String, String> environment, Path folder) {
  /**
   * Go interrupts what runs long by signals, which costs an API server that starts a tenth of its
   * time; without them it waits for the next call of a function.
   */
  private static final Map<String, String> OF_GO = Map.of("GODEBUG", "asyncpreemptoff=1");

  /** Copies. */
  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** A program with its arguments, as numbers, paths or text. */
  public static Command of(String name, Path folder, Path program, Object... arguments) {
    var words = new ArrayList<String>();
    words.add(program.toString());
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return new Command(name, words, Map.of(), folder);
  }

  /** The same with more arguments. */
  public Command with(List<String> arguments) {
    var more = new ArrayList<>(words);
    more.addAll(arguments);
    return new Command(name, more, environment, folder);
  }

  /** The same with another variable. */
  public Command with(String variable, Object value) {
    var more = new TreeMap<>(environment);
    more.put(variable, value.toString());
    return new Command(name, words, more, folder);
  }

  ProcessBuilder builder(Path log) {
    var builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    OF_GO.forEach(builder.environment()::putIfAbsent);
    builder.environment().putAll(environment);
    return builder;
  }
}
