package org.sipmgw.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** Walls around libraries and between modules, in the words every module's {@code ArchitectureTest} uses. */
public final class Walls {

    private static final DescribedPredicate<JavaClass> AROUND_NATIVES =
            DescribedPredicate.describe("are *Native or *Device", c -> {
                String outermost = outermost(c).getSimpleName();
                return outermost.endsWith("Native") || outermost.endsWith("Device");
            });

    private Walls() {}

    private static JavaClass outermost(JavaClass c) {
        return c.getEnclosingClass().map(Walls::outermost).orElse(c);
    }

    /** Only classes in {@code inside} may touch the library whose classes live in {@code library}. */
    public static ArchRule onlyIn(String inside, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(inside)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because("a library sits behind one package")
                .allowEmptyShould(true);
    }

    /** Nothing in this module may touch {@code packages}: a sibling, or a library that is another module's. */
    public static ArchRule never(String... packages) {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .because("siblings see only the core, and libraries only their own module")
                .allowEmptyShould(true);
    }

    /**
     * JNA is touched by the signature classes ({@code *Native}), by the logic right above them ({@code *Device}),
     * and by whatever lives in {@code exempt}.
     */
    public static ArchRule nativesOnly(String... exempt) {
        return noClasses()
                .that(DescribedPredicate.not(AROUND_NATIVES))
                .and()
                .resideOutsideOfPackages(exempt)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .because("native calls stand in *Native (signatures) and *Device (logic)")
                .allowEmptyShould(true);
    }
}
