package dev.rnn4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library as a module, while all other tests are on the class path. */
class ModulePathTest {
  private static final String MODULE = "dev.rnn4j.onnx";

  @Test
  void aModularProgramReadsAModel() throws Exception {
    ModuleLayer layer = layer();
    Module module = layer.findModule(MODULE).orElseThrow();
    assertEquals(
        List.of(MODULE),
        module.getDescriptor().exports().stream().map(ModuleDescriptor.Exports::source).toList());
    Class<?> face = layer.findLoader(MODULE).loadClass(MODULE + ".OnnxModel");
    assertEquals(module, face.getModule());
    Object model =
        face.getMethod("read", Path.class).invoke(null, Cases.resource("stream-torchscript.onnx"));
    Class<?> parameters =
        layer.findLoader("dev.rnn4j.autograd").loadClass("dev.rnn4j.graph.Parameters");
    Object found = parameters.getMethod("of", Object.class).invoke(null, model);
    assertEquals(5, ((java.util.Map<?, ?>) found).size());
  }

  private static ModuleLayer layer() {
    Path[] path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .toArray(Path[]::new);
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of(MODULE));
    return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
  }
}
