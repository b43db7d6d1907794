/** Neutron, as far as it is needed: ports, public addresses, and ids by name. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.network;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
