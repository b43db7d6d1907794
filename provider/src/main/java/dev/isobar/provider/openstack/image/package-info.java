/** Glance, as far as it is needed: images by what they are called and carry. */
@NullMarked
@CheckReturnValue
package dev.isobar.provider.openstack.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
