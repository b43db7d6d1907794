/**
 * Plays Crossplane's core: asks for each composite, applies what the function wants, and tells
 * about it.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.render;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
