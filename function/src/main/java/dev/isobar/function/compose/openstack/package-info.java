/** Objects of Cluster API's OpenStack provider, in both of its API versions. */
@NullMarked
@CheckReturnValue
package dev.isobar.function.compose.openstack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
