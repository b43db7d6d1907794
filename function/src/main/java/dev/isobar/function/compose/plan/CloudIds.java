package dev.isobar.function.compose.plan;

import java.util.regex.Pattern;

/** What clouds' ids look like. */
enum CloudIds {
  /** Of anything on OpenStack. */
  OPENSTACK("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
  /** Of an image on EC2. */
  AMI("ami-([0-9a-f]{8}|[0-9a-f]{17})"),
  /** Of a network on EC2. */
  VPC("vpc-([0-9a-f]{8}|[0-9a-f]{17})"),
  /** Of a reservation or capacity block on EC2. */
  RESERVATION("cr-[0-9a-f]{17}");

  private final Pattern form;

  CloudIds(String form) {
    this.form = Pattern.compile(form);
  }

  boolean matches(String text) {
    return form.matcher(text).matches();
  }
}
