/**
 * The control planes that all suites of a run share: one for each flavour, started when the first
 * suite asks for it. Every suite uses namespaces of its own.
 */
@CheckReturnValue
@NullMarked
package dev.isobar.e2e.plane;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
