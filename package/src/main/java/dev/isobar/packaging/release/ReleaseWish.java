package dev.isobar.packaging.release;

import dev.isobar.packaging.runtime.Rehearsal;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.Version;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to make.
 *
 * @param output a folder for the files
 * @param home where configurations find the packages they need
 * @param library Debian's package of the C library; empty to fetch it
 * @param rehearsal of the function; without one it has no cache of classes, and all bytes are the
 *     same each time
 */
public record ReleaseWish(
    Path output,
    Organisation home,
    Version version,
    Optional<Path> library,
    Optional<Rehearsal> rehearsal) {}
