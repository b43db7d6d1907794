/**
 * Objects as fields: {@link dev.isobar.apis.tree.Tree} looks into what others wrote, {@link
 * dev.isobar.apis.tree.Fields} builds what we write.
 */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.tree;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
