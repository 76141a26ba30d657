package dev.rnn4j.examples.forecast.page;

import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A piece of a page: an element with attributes and content, or several pieces after each other.
 * Content that is no markup is text; it is escaped here, and nowhere else.
 */
final class Markup {
  /** Elements that have no end. */
  private static final Set<String> VOID = Set.of("meta");

  private final String element;
  private final Map<String, String> attributes;
  private final List<Object> content;

  private Markup(String element, Map<String, String> attributes, List<Object> content) {
    this.element = element;
    this.attributes = attributes;
    this.content = content;
  }

  /** Returns an element. Of a collection, the content is what is in it. */
  static Markup of(String element, Object... content) {
    List<Object> flat = new ArrayList<>();
    for (Object one : content) {
      if (one instanceof Iterable<?> several) {
        several.forEach(flat::add);
      } else {
        flat.add(one);
      }
    }
    return new Markup(element, Map.of(), List.copyOf(flat));
  }

  /** Returns pieces after each other, without an element around them. */
  static Markup all(Object... content) {
    return of("", content);
  }

  /** Returns a list of sentences, nothing where there are none. */
  static Markup list(List<String> sentences) {
    return sentences.isEmpty()
        ? all()
        : of("ul", sentences.stream().map(one -> of("li", one)).toList());
  }

  /** Returns this element with one attribute more. */
  Markup with(String attribute, Object value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value.toString());
    return new Markup(element, more, content);
  }

  /** Returns this element with a class of the style sheet. */
  Markup as(String style) {
    return with("class", style);
  }

  private void writeTo(StringBuilder page) {
    if (!element.isEmpty()) {
      page.append('<').append(element);
      attributes.forEach(
          (name, value) ->
              page.append(' ').append(name).append("=\"").append(escaped(value)).append('"'));
      page.append('>');
    }
    for (Object one : content) {
      if (one instanceof Markup markup) {
        markup.writeTo(page);
      } else {
        page.append(escaped(one.toString()));
      }
    }
    if (!element.isEmpty() && !VOID.contains(element)) {
      page.append("</").append(element).append('>');
    }
  }

  /** Characters that a page cannot hold are shown as such. */
  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD"));
  }

  /** Returns the text of the page. */
  @Override
  public String toString() {
    StringBuilder page = new StringBuilder();
    writeTo(page);
    return page.toString();
  }
}
