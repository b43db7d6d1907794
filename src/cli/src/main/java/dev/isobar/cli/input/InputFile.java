package dev.isobar.cli.input;

import java.nio.file.Path;

/**
 * A file to read.
 *
 * @param name as the user would write it, with slashes
 * @param observed whether it tells what exists already
 */
public record InputFile(Path path, String name, boolean observed) {}
