using Microsoft.ML;
using MlNetRnn.Experiments;

namespace MlNetRnn.Contracts;

/// <summary>C27: every public estimator is tested by a contract class.</summary>
public class EnrollmentTests
{
    [Fact]
    public void Every_public_estimator_has_a_contract_class()
    {
        Type[] estimators = [.. new[] { typeof(RnnTransformer), typeof(RnnTextClassificationTrainer), typeof(TrialResult) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => !type.IsAbstract && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>)))];
        Type[] enrolled = [.. typeof(TrainerContract).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(TrainerContract)))
            .Select(type => ((TrainerContract)Activator.CreateInstance(type)!).Trainer)
            .Concat(typeof(PlainContract).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(PlainContract)))
                .Select(type => ((PlainContract)Activator.CreateInstance(type)!).Estimator))];
        Assert.NotEmpty(estimators);
        Assert.Empty(estimators.Except(enrolled));
    }
}
