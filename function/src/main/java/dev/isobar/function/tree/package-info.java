/**
 * Objects as fields: {@link dev.isobar.function.tree.Tree} looks into what others wrote, {@link
 * dev.isobar.function.tree.Fields} builds what we write.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.function.tree;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
