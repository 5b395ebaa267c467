using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>
/// Models that a release saved, with the scores that it computed. Every later version must still load them. Set MLNETRNN_WRITE_GOLDEN=NAME
/// (for example format1) to write new models into the source tree. Never overwrite those of a release.
/// </summary>
internal static class GoldenModel
{
    public static float[][] ReadScores(string file) => [.. File.ReadLines(file).Select(Rows.Numbers)];

    public static void WriteIfAsked(MLContext ml, string golden, ITransformer model, IDataView rows, string score)
    {
        if (Environment.GetEnvironmentVariable("MLNETRNN_WRITE_GOLDEN") is not { Length: > 0 } name) return;
        string file = Path.Combine(Repository.Golden, $"{golden}.{name}.zip");
        ml.Model.Save(model, rows.Schema, file);
        File.WriteAllLines(Path.ChangeExtension(file, ".scores.txt"), Rows.Of(model.Transform(rows), score));
    }
}
