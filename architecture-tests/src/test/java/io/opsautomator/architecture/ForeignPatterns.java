package io.opsautomator.architecture;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds calls of the JDK's regular expressions, which can take exponential time, with a pattern
 * that is not written in the source. The source tells what the pattern is; the class file tells
 * whether it is the JDK's method that is called.
 */
final class ForeignPatterns {
  private static final Map<String, Set<String>> TAKE_PATTERNS =
      Map.of(
          "java.lang.String", Set.of("matches", "replaceAll", "replaceFirst", "split"),
          "java.util.regex.Pattern", Set.of("compile", "matches"));
  private static final Set<String> NAMES =
      TAKE_PATTERNS.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

  private final Map<String, List<JavaMethodCall>> calls;

  ForeignPatterns(JavaClasses classes) {
    calls =
        classes.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(ForeignPatterns::takesPattern)
            .collect(Collectors.groupingBy(call -> file(call.getOriginOwner())));
  }

  private static boolean takesPattern(JavaMethodCall call) {
    return TAKE_PATTERNS
        .getOrDefault(call.getTargetOwner().getName(), Set.of())
        .contains(call.getTarget().getName());
  }

  /** Such as {@code io/opsautomator/task/TaskName.java}. */
  private static String file(JavaClass type) {
    return type.getPackageName().replace('.', '/')
        + "/"
        + type.getSourceCodeLocation().getSourceFileName();
  }

  /** File, line and call of each. */
  List<String> in(List<Path> sources) {
    return sources.stream().flatMap(source -> in(source).stream()).toList();
  }

  private List<String> in(Path source) {
    String name = source.toString().replace('\\', '/');
    List<JavaMethodCall> ofFile =
        calls.entrySet().stream()
            .filter(entry -> name.endsWith("/" + entry.getKey()))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    return ofFile.isEmpty() ? List.of() : suspicious(source, ofFile);
  }

  private static List<String> suspicious(Path source, List<JavaMethodCall> calls) {
    try {
      return parsed(source).findAll(MethodCallExpr.class).stream()
          .filter(call -> NAMES.contains(call.getNameAsString()))
          .filter(call -> !call.getArguments().isEmpty() && !isWritten(call.getArgument(0)))
          .filter(call -> calls.stream().anyMatch(compiled -> isSame(call, compiled)))
          .map(call -> BuildModule.relative(source) + ": " + call)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompilationUnit parsed(Path source) throws IOException {
    return new JavaParser(new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17))
        .parse(source)
        .getResult()
        .orElseThrow();
  }

  private static boolean isSame(MethodCallExpr call, JavaMethodCall compiled) {
    int line = compiled.getLineNumber();
    return call.getNameAsString().equals(compiled.getTarget().getName())
        && call.getRange().filter(r -> r.begin.line <= line && line <= r.end.line).isPresent();
  }

  /** A literal, a constant, or several of them. */
  private static boolean isWritten(Expression pattern) {
    if (pattern instanceof BinaryExpr sum) {
      return isWritten(sum.getLeft()) && isWritten(sum.getRight());
    }
    if (pattern instanceof EnclosedExpr enclosed) {
      return isWritten(enclosed.getInner());
    }
    String name =
        pattern instanceof NameExpr simple
            ? simple.getNameAsString()
            : pattern instanceof FieldAccessExpr field ? field.getNameAsString() : "";
    return pattern instanceof LiteralExpr || name.matches("[A-Z][A-Z0-9_]*");
  }
}
