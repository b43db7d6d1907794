package dev.isobar.provider.changelog;

import dev.isobar.apis.tree.Tree;
import dev.isobar.provider.external.Subject;

/** The way from a machine to the Instance it belongs to. */
@FunctionalInterface
public interface Snapshots {
  /**
   * The whole Instance as it is stored now. Called before each operation, on the thread that
   * performs it. Where it cannot be had, only what names it: apiVersion, kind and metadata with
   * namespace, name and uid.
   */
  Tree of(Subject subject);
}
