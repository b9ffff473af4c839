package dev.whiteboard.benchmarks.render;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.List;
import java.util.Locale;

/** Records as JSON, for other programs. */
public final class Json {
  private static final Gson GSON = new GsonBuilder()
      .setPrettyPrinting()
      .disableHtmlEscaping()
      .registerTypeHierarchyAdapter(Enum.class, (JsonSerializer<Enum<?>>) (value, type, context) ->
          new JsonPrimitive(value.name().toLowerCase(Locale.ROOT).replace('_', ' ')))
      .create();

  private Json() {}

  /** Writes records, lists and maps of them, numbers and strings; the fields in the order of the record. */
  public static String write(Object value) {
    return GSON.toJson(value) + "\n";
  }

  /** Reads what {@link #write} wrote of a list of records. */
  public static <T> List<T> readList(String json, Class<T[]> type) {
    T[] values = GSON.fromJson(json, type);
    return values == null ? List.of() : List.of(values);
  }
}
