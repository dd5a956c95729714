import java.io.File;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.logging.LogManager;
import org.verapdf.features.FeatureFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.metadata.fixer.FixerFactory;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;
import org.verapdf.processor.BatchProcessingHandler;
import org.verapdf.processor.BatchProcessor;
import org.verapdf.processor.FormatOption;
import org.verapdf.processor.ProcessorConfig;
import org.verapdf.processor.ProcessorFactory;
import org.verapdf.processor.TaskType;
import org.verapdf.processor.plugins.PluginsCollectionConfig;
import org.verapdf.processor.reports.BatchSummary;

/**
 * The part of veraPDF's command line that the tests use, over veraPDF's own library:
 * {@code verapdf --format json --flavour 2a FILE...}. Report and status are those of veraPDF: 0 when
 * every file keeps to the profile, 1 when one does not, 7 when one could not be
 * looked at.
 */
public final class Verify {
  public static void main(String[] arguments) throws Exception {
    FormatOption format = FormatOption.JSON;
    PDFAFlavour flavour = PDFAFlavour.NO_FLAVOUR;
    List<File> files = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--format" -> format = FormatOption.fromOption(arguments[++i]);
        case "--flavour" -> flavour = PDFAFlavour.byFlavourId(arguments[++i]);
        default -> files.add(new File(arguments[i]));
      }
    }
    // Without a named profile veraPDF takes the one that the file declares: a file that declares
    // nothing would be checked against nothing.
    if (flavour == PDFAFlavour.NO_FLAVOUR || files.isEmpty()) {
      System.err.println("usage: verapdf [--format json|xml|text] --flavour PROFILE FILE...");
      System.exit(2);
    }
    System.exit(verify(format, flavour, files));
  }

  private static int verify(FormatOption format, PDFAFlavour flavour, List<File> files)
      throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    ValidatorConfig validator =
        ValidatorConfigBuilder.defaultBuilder().flavour(flavour).showErrorMessages(true).build();
    ProcessorConfig processor =
        ProcessorFactory.fromValues(
            validator,
            FeatureFactory.defaultConfig(),
            PluginsCollectionConfig.defaultConfig(),
            FixerFactory.defaultConfig(),
            EnumSet.of(TaskType.VALIDATE));
    BatchSummary summary;
    try (BatchProcessor batch = ProcessorFactory.fileBatchProcessor(processor)) {
      BatchProcessingHandler handler =
          ProcessorFactory.getHandler(format, false, System.out, false);
      summary = batch.process(files, handler);
    }
    int compliant = summary.getValidationSummary().getCompliantPdfaCount();
    int other = summary.getValidationSummary().getNonCompliantPdfaCount();
    if (compliant + other < files.size()) {
      return 7;
    }
    return other > 0 ? 1 : 0;
  }
}
