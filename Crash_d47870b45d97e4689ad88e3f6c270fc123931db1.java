import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

public class Crash_d47870b45d97e4689ad88e3f6c270fc123931db1 {
    static final String base64Bytes = String.join("", "AAQCAAZhIgpcf4A=");

    public static void main(String[] args) throws Throwable {
        Crash_d47870b45d97e4689ad88e3f6c270fc123931db1.class.getClassLoader().setDefaultAssertionStatus(true);
        try {
            Method fuzzerInitialize = dev.bugle.bgp.ls.LinkStateFuzz.class.getMethod("fuzzerInitialize");
            fuzzerInitialize.invoke(null);
        } catch (NoSuchMethodException ignored) {
            try {
                Method fuzzerInitialize = dev.bugle.bgp.ls.LinkStateFuzz.class.getMethod("fuzzerInitialize", String[].class);
                fuzzerInitialize.invoke(null, (Object) args);
            } catch (NoSuchMethodException ignored1) {
            } catch (IllegalAccessException | InvocationTargetException e) {
                e.printStackTrace();
                System.exit(1);
            }
        } catch (IllegalAccessException | InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1);
        }
        byte[] input = java.util.Base64.getDecoder().decode(base64Bytes);
        dev.bugle.bgp.ls.LinkStateFuzz.fuzzerTestOneInput(input);
    }
}