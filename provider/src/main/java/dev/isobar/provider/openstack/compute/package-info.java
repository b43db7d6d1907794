/** Nova, as far as it is needed: servers, flavors, key pairs, groups of servers. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.compute;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
