package dev.isobar.it.manifests;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * Runs a health check as Argo CD does: with the object as {@code obj} and Lua's base, package and
 * table libraries, no others.
 *
 * @param script in Lua
 */
record HealthCheck(String script) {
  /** What it says of an object; an absent message is empty. */
  Health of(Map<String, ? extends @Nullable Object> object) {
    var globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.set("obj", value(object));
    LuaValue health = globals.load(script, "health").call();
    return new Health(health.get("status").checkjstring(), health.get("message").optjstring(""));
  }

  private static LuaValue value(@Nullable Object plain) {
    return switch (plain) {
      case null -> LuaValue.NIL;
      case Map<?, ?> fields -> {
        var table = new LuaTable();
        fields.forEach((field, value) -> table.set(String.valueOf(field), value(value)));
        yield table;
      }
      case List<?> items -> {
        var table = new LuaTable();
        items.forEach(item -> table.set(table.length() + 1, value(item)));
        yield table;
      }
      case Boolean truth -> LuaValue.valueOf(truth);
      case Number number -> LuaValue.valueOf(number.doubleValue());
      default -> LuaValue.valueOf(String.valueOf(plain));
    };
  }

  /**
   * Health by Argo CD's words.
   *
   * @param status Healthy, Progressing, Degraded or Suspended
   * @param message what somebody is told
   */
  record Health(String status, String message) {}
}
