package org.sipmgw.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/** What an embedder can see of a class names types of the JDK and of our public packages only. */
public final class LibraryFreeSignatures extends ArchCondition<JavaClass> {

    /** Public, as are all classes around it, and not under {@code internal}. */
    public static final DescribedPredicate<JavaClass> VISIBLE_TO_EMBEDDERS = DescribedPredicate.describe(
            "are visible to embedders",
            c -> Stream.iterate(c, k -> k != null, k -> k.getEnclosingClass().orElse(null))
                            .allMatch(k -> k.getModifiers().contains(JavaModifier.PUBLIC))
                    && !c.getPackageName().contains(".internal"));

    public LibraryFreeSignatures() {
        super("show only types of the JDK and of our own public packages");
    }

    @Override
    public void check(JavaClass owner, ConditionEvents events) {
        owner.getSuperclass().ifPresent(type -> check(owner, owner.getName(), type, events));
        owner.getInterfaces().forEach(type -> check(owner, owner.getName(), type, events));
        owner.getMembers().stream()
                .filter(LibraryFreeSignatures::visible)
                .forEach(member -> types(member).forEach(type -> check(owner, member.getFullName(), type, events)));
    }

    private static boolean visible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getExceptionTypes().stream().map(JavaType.class::cast))
                .flatMap(s -> s);
    }

    private static void check(JavaClass owner, String where, JavaType type, ConditionEvents events) {
        type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> !allowed(raw))
                .forEach(raw -> events.add(SimpleConditionEvent.violated(owner, where + " shows " + raw.getName())));
    }

    private static boolean allowed(JavaClass raw) {
        String name = raw.getPackageName();
        return raw.isPrimitive()
                || name.startsWith("java.")
                || name.startsWith("javax.net.ssl")
                || (name.startsWith("org.sipmgw") && !name.contains(".internal"));
    }
}
