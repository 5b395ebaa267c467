using Microsoft.ML;

namespace MlNetRnn.Samples.Translation;

/// <summary>The complete workflow on data that the program makes itself.</summary>
internal static class FirstRun
{
    public static int Run(DirectoryInfo output)
    {
        output.Create();
        MLContext ml = TrainingRun.Context(1);
        int exitCode = DateDemo.Run(ml, output);
        DateDemo.CompareSampling(ml);
        LanguageDemo.Run(ml, output);
        ParaphraseDemo.Run(ml, output);
        return exitCode;
    }
}
