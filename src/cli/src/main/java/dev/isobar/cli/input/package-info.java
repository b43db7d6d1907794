/**
 * Finds and sorts what the user handed in: files into objects, objects into composites, observed
 * and all others.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.input;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
