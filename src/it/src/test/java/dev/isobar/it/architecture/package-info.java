/**
 * What the build promises about itself: which room may use which, how sources are formatted, that
 * the README's map is true. A rule that no test here (or gate in the root POM) checks is not a
 * rule.
 */
@CheckReturnValue
@NullMarked
package dev.isobar.it.architecture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
