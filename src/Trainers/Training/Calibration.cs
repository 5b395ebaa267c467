using TorchSharp;

namespace MlNetRnn.Training;

/// <summary>The calibration of probabilities on the validation rows by one temperature (temperature scaling; Guo et al., 2017).</summary>
internal static class Calibration
{
    /// <summary>The weight of the prior at temperature 1 (no calibration), so that a few validation rows do not decide alone.</summary>
    private const double Conservatism = 5;

    private const double LowestTemperature = 0.25, HighestTemperature = 1000;

    /// <summary>Returns the temperature with the least loss.</summary>
    /// <param name="loss">Computes the loss of all validation rows for a factor of the logits.</param>
    public static double BestTemperature(Func<float, double> loss)
    {
        double logTemperature = GoldenSection.Minimum(Math.Log(LowestTemperature), Math.Log(HighestTemperature), x =>
        {
            using DisposeScope step = torch.NewDisposeScope();
            return loss((float)Math.Exp(-x)) + Conservatism * x * x;
        });
        return Math.Exp(logTemperature);
    }
}
