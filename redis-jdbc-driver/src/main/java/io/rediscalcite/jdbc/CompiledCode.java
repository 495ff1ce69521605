package io.rediscalcite.jdbc;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRel.Prefer;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.ClassDeclaration;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.runtime.ArrayBindable;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.Typed;
import org.codehaus.commons.compiler.CompilerFactoryFactory;
import org.codehaus.commons.compiler.ISimpleCompiler;

/**
 * The code that Calcite generates for a plan, compiled once for all plans whose code is the same.
 *
 * <p>Compiling is the dearest step of a plan. What tells one plan from another is often stashed beside the code: which keys, which
 * table; so a lookup of another key is the same code.
 */
final class CompiledCode {
    /** Bounds what classes take: about 20 kB each. */
    private static final int MAX_CLASSES = 300;

    /** It remembers where its sequence of numbers is, so that plans can't share it. */
    private static final String STATEFUL = "RandomFunction";

    private static final Cache<String, Bindable<Object>> BY_SOURCE =
            CacheBuilder.newBuilder().maximumSize(MAX_CLASSES).build();

    private final Bindable<Object> bindable;
    private final boolean shareable;

    private CompiledCode(Bindable<Object> bindable, boolean shareable) {
        this.bindable = bindable;
        this.shareable = shareable;
    }

    /** @param stash takes what the code will ask its context for */
    static CompiledCode of(EnumerableRel plan, Prefer prefer, Map<String, Object> stash) {
        EnumerableRelImplementor implementor =
                new EnumerableRelImplementor(plan.getCluster().getRexBuilder(), stash);
        ClassDeclaration declaration = implementor.implementRoot(plan, prefer);
        boolean bare = plan.getRowType().getFieldCount() == 1;
        String source = "public final class " + declaration.name + " implements "
                + (bare
                        ? Bindable.class.getCanonicalName() + ", " + Typed.class.getCanonicalName()
                        : ArrayBindable.class.getCanonicalName())
                + " {\n" + Expressions.toString(declaration.memberDeclarations, "\n", false) + "\n}";
        if (source.contains(STATEFUL)) {
            return new CompiledCode(compile(declaration.name, source), false);
        }
        Bindable<Object> known = BY_SOURCE.getIfPresent(source);
        if (known == null) {
            known = compile(declaration.name, source);
            BY_SOURCE.put(source, known);
        }
        return new CompiledCode(known, true);
    }

    @SuppressWarnings("unchecked") // The class was generated as a Bindable.
    private static Bindable<Object> compile(String className, String source) {
        ClassLoader loader = Objects.requireNonNull(CompiledCode.class.getClassLoader());
        try {
            ISimpleCompiler compiler =
                    CompilerFactoryFactory.getDefaultCompilerFactory(loader).newSimpleCompiler();
            compiler.setParentClassLoader(loader);
            compiler.cook(source);
            return (Bindable<Object>) compiler.getClassLoader()
                    .loadClass(className)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the generated code can't be compiled:\n" + source, e);
        }
    }

    Bindable<Object> bindable() {
        return bindable;
    }

    /** False if each run of the plan continues what the one before began. */
    boolean isShareable() {
        return shareable;
    }
}
