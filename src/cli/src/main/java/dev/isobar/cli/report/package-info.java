/**
 * The page of a rendering: what each composite came to, its picture, the graph of its resources and
 * its conditions, in one file that needs nothing else. The same rendering gives the same bytes.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.cli.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
