/** The machines Cluster API clones: group {@code infrastructure.isobar.dev}. */
@NullMarked
@CheckReturnValue
package dev.isobar.apis.infrastructure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
