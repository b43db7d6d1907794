/**
 * YAML and JSON in and out: text to plain maps, lists and scalars with their place, and back in one
 * fixed form.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.yaml;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
