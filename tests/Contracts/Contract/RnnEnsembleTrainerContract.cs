using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the estimator that trains an ensemble: of two classifiers of texts.</summary>
public class RnnEnsembleTrainerContract : RnnTextClassificationContract
{
    public override Type Trainer => typeof(RnnEnsembleTrainer);

    protected override string[] Inputs => ["Text"];

    protected override int Trainings => 2;

    protected override string NetworkPart => "Member0.Network.onnx";

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.Rnn().Ensemble((RnnTextClassificationTrainer)base.Create(ml, change), new RnnEnsembleOptions { Members = 2, Parallel = 1 });
}
