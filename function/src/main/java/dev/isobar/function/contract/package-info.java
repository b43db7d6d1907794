/** What a composition is given and what it may answer, without a word of protobuf. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.contract;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
