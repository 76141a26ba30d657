"""Writes operators.json: models of one operator each, and what ONNX Runtime makes of them."""
import base64, json, sys
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh
import onnxruntime as ort

rng = np.random.default_rng(7)
cases = []
TYPES = {np.dtype("float32"): T.FLOAT, np.dtype("int64"): T.INT64, np.dtype("bool"): T.BOOL,
         np.dtype("int32"): T.INT32, np.dtype("float64"): T.DOUBLE, np.dtype("float16"): T.FLOAT16, np.dtype("uint8"): T.UINT8}


def f(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).astype(np.float32)


def ints(*values):
    return np.array(values, np.int64)


def case(op, inputs, attributes=None, constants=(), outputs=1, opset=18, name=None):
    """constants: the positions of operands that are in the file; None is one that is left out."""
    names = ["" if x is None else f"a{i}" for i, x in enumerate(inputs)]
    outs = [f"y{i}" for i in range(outputs)]
    node = h.make_node(op, names, outs, name=op, **(attributes or {}))
    given = {n: x for i, (n, x) in enumerate(zip(names, inputs)) if x is not None and i not in constants}
    fixed = [nh.from_array(inputs[i], names[i]) for i in constants]
    infos = [h.make_tensor_value_info(n, TYPES[x.dtype], [None] * x.ndim) for n, x in given.items()]
    finish(name or f"{op}{len(cases)}", [node], infos, outs, fixed, given, opset)


def program(name, nodes, given, outs, fixed=None, opset=18):
    """A model of several operators."""
    infos = [h.make_tensor_value_info(n, TYPES[x.dtype], [None] * x.ndim) for n, x in given.items()]
    finish(name, nodes, infos, outs, [nh.from_array(x, n) for n, x in (fixed or {}).items()], given, opset)


def finish(name, nodes, infos, outs, fixed, given, opset):
    graph = h.make_graph(nodes, "g", infos, [h.make_empty_tensor_value_info(o) for o in outs], fixed)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", opset)], ir_version=8)
    model = onnx.shape_inference.infer_shapes(model)
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    values = session.run(None, given)
    real = {o.name: o for o in session.get_outputs()}
    del model.graph.output[:]
    for o, v in zip(outs, values):
        model.graph.output.append(h.make_tensor_value_info(o, TYPES[v.dtype], [None] * v.ndim))
    cases.append({
        "name": name,
        "model": base64.b64encode(model.SerializeToString()).decode(),
        "inputs": {n: tensor(x) for n, x in given.items()},
        "outputs": {o: tensor(v) for o, v in zip(outs, values)}})


def tensor(x):
    return {"shape": list(x.shape), "values": [float(np.float32(v)) if x.dtype == np.float32 else float(v) for v in x.ravel()]}


x23, x234 = f(2, 3), f(2, 3, 4)
for op in "Abs Exp Neg Reciprocal Relu Sigmoid Softplus Softsign Tanh Sign Elu Selu LeakyRelu ThresholdedRelu Celu HardSigmoid HardSwish Erf Floor Ceil Round Identity Softmax LogSoftmax Mish".split():
    case(op, [x23])
for op in "Log Sqrt".split():
    case(op, [f(2, 3, low=0.1)])
case("Elu", [x23], {"alpha": 0.5}); case("LeakyRelu", [x23], {"alpha": 0.3}); case("Celu", [x23], {"alpha": 2.0})
case("ThresholdedRelu", [x23], {"alpha": 0.5}); case("HardSigmoid", [x23], {"alpha": 0.3, "beta": 0.4})
case("Selu", [x23], {"alpha": 1.5, "gamma": 1.1}); case("Gelu", [x23], opset=20); case("Gelu", [x23], {"approximate": "tanh"}, opset=20)
case("PRelu", [x23, f(3)], constants=[1])
for op in "Add Sub Mul Div Max Min".split():
    case(op, [x234, f(3, 1)]); case(op, [f(4), x234], constants=[0])
case("Sum", [x23, x23, f(3)]); case("Mean", [x23, x23, f(1, 3)]); case("Max", [x23, f(2, 3), f(1)])
case("Pow", [f(2, 3, low=0.1), np.float32(2.5)], constants=[1]); case("Pow", [x23, np.float32(2)], constants=[1]); case("Pow", [f(2, 3, low=0.1), x23])
case("Div", [ints(7, -7, 6), ints(2, 2, -4)]); case("Mod", [ints(7, -7, 6), ints(3, 3, -4)]); case("Mod", [x23 * 3, f(2, 3, low=0.5)], {"fmod": 1})
case("Clip", [x23, np.float32(-0.5), np.float32(0.7)], constants=[1, 2]); case("Clip", [x23, None, np.float32(0.7)], constants=[2])
case("Where", [x23 > 0, x23, f(3)]); case("Equal", [ints(1, 2, 3), ints(1, 5, 3)])
for op in "Greater GreaterOrEqual Less LessOrEqual".split():
    case(op, [x23, f(3)])
for op in "And Or Xor".split():
    case(op, [x23 > 0, f(2, 3) > 0])
case("Not", [x23 > 0]); case("Cast", [x23 * 3], {"to": T.INT64}); case("Cast", [ints(0, 2, -1)], {"to": T.BOOL}); case("Cast", [ints(0, 2)], {"to": T.FLOAT})
case("Shape", [x234]); case("Shape", [x234], {"start": -2}); case("Shape", [x234], {"start": 1, "end": 2}); case("Size", [x234])
case("ConstantOfShape", [ints(2, 3)], {"value": h.make_tensor("v", T.FLOAT, [1], [1.5])}, constants=[0])
case("Reshape", [x234, ints(0, -1)], constants=[1]); case("Reshape", [x234, ints(4, 6)], constants=[1])
case("Flatten", [x234]); case("Flatten", [x234], {"axis": 2}); case("Flatten", [x234], {"axis": -1}); case("Flatten", [x234], {"axis": 0})
case("Squeeze", [f(1, 3, 1), ints(0)], constants=[1]); case("Squeeze", [f(1, 3, 1)]); case("Squeeze", [f(1, 3, 1), ints(-1)], constants=[1])
case("Unsqueeze", [x23, ints(0, -1)], constants=[1]); case("Unsqueeze", [x23], {"axes": [1]}, opset=11); case("Squeeze", [f(1, 3)], {"axes": [0]}, opset=11)
case("Transpose", [x234]); case("Transpose", [x234], {"perm": [1, 2, 0]})
case("Expand", [f(3, 1), ints(2, 1, 4)], constants=[1]); case("Expand", [x23, ints(1)], constants=[1]); case("Tile", [x23, ints(2, 3)], constants=[1])
case("Concat", [x23, f(2, 1)], {"axis": -1}); case("Concat", [x23, f(1, 3), x23], {"axis": 0})
case("Split", [f(5, 2)], {"num_outputs": 2}, outputs=2); case("Split", [f(2, 6), ints(1, 5)], {"axis": 1}, constants=[1], outputs=2); case("Split", [f(4, 2)], {}, outputs=2, opset=13)
case("Gather", [x234, ints(1, -1)], {"axis": 1}, constants=[1]); case("Gather", [x234, np.int64(-2)], {"axis": 2}, constants=[1]); case("Gather", [x23, np.array([[0, 1], [1, 1]])], {"axis": 0})
case("Gather", [x234, np.array([[0, 2], [1, 1]])], {"axis": 1}); case("Gather", [x234, ints(0, 3)], {"axis": -1}); case("Gather", [x23, np.array([[1]])], {"axis": 1}, constants=[1])
big = 2 ** 63 - 1
case("Slice", [x234, ints(1), ints(big), ints(1)], constants=[1, 2, 3]); case("Slice", [x234, ints(-2, 0), ints(-1, 100), ints(2, 0)], constants=[1, 2, 3])
case("Slice", [x234, ints(0), ints(4), ints(2), ints(2)], constants=[1, 2, 3, 4]); case("Slice", [x234, ints(-1), ints(-big), ints(1), ints(-1)], constants=[1, 2, 3, 4])
case("Slice", [x234, ints(3), ints(0), ints(2), ints(-2)], constants=[1, 2, 3, 4]); case("Slice", [x234, ints(1, 1), ints(2, 2)], constants=[1, 2])
case("Range", [np.int64(1), np.int64(8), np.int64(3)], constants=[0, 1, 2]); case("Range", [np.float32(5), np.float32(0), np.float32(-1.5)], constants=[0, 1, 2])
case("TopK", [x234, ints(2)], {"axis": 1}, constants=[1], outputs=2); case("TopK", [ints(3, 1, 3, 2), ints(4)], {}, constants=[1], outputs=2); case("TopK", [x23, ints(1)], {"largest": 0}, constants=[1], outputs=2)
case("ArgMax", [x234], {"axis": 1}); case("ArgMax", [x234], {"axis": -1, "keepdims": 0}); case("ArgMin", [x234], {"axis": 0})
case("OneHot", [ints(0, 2, -1), np.int64(4), f(2)], constants=[1]); case("OneHot", [np.array([[0, 2], [1, 1]]), np.int64(3), f(2)], {"axis": 1}, constants=[1]); case("OneHot", [ints(0, 2), np.int64(3), f(2)], {"axis": 0}, constants=[1])
case("CumSum", [x234, np.int64(1)], constants=[1]); case("CumSum", [x234, np.int64(-1)], {"exclusive": 1, "reverse": 1}, constants=[1]); case("CumSum", [f(4), np.int64(0)], {"reverse": 1}, constants=[1])
case("GatherElements", [x23, np.array([[0, 2, 1], [2, -1, 0]])], {"axis": 1}); case("ScatterElements", [x23, np.array([[1, 0, 1]]), f(1, 3)], {"axis": 0}); case("ScatterElements", [f(4), ints(3, 1), f(2)])
for op in "ReduceSum ReduceMean ReduceMax ReduceMin ReduceL1 ReduceL2 ReduceSumSquare ReduceLogSumExp ReduceProd".split():
    case(op, [x234]); case(op, [x234, ints(1)], {"keepdims": 0}, constants=[1]) if op == "ReduceSum" else case(op, [x234, ints(-1, 0)], {"keepdims": 0}, constants=[1])
case("ReduceLogSum", [f(2, 3, low=0.1), ints(1)], constants=[1]); case("ReduceMean", [x234], {"axes": [1]}, opset=13); case("ReduceSum", [x234, ints()], {"noop_with_empty_axes": 1}, constants=[1])
case("ReduceMax", [x234], {"axes": [0, 2], "keepdims": 0}, opset=13); case("ReduceSum", [ints(1, 2, 3)]); 
case("Softmax", [x234], {"axis": 1}); case("Softmax", [x234], {"axis": 1}, opset=11); case("LogSoftmax", [x234], {"axis": 0}); case("LogSoftmax", [x234], {}, opset=11)
case("MatMul", [x23, f(3, 4)]); case("MatMul", [x234, f(4, 2)], constants=[1]); case("MatMul", [f(2, 3, 4), f(2, 4, 5)]); case("MatMul", [f(3), f(3, 4)]); case("MatMul", [x23, f(3)])
case("MatMul", [f(3), f(3)]); case("MatMul", [f(2, 1, 3, 4), f(5, 4, 2)]); case("MatMul", [f(2, 5, 3, 4), f(4, 2)]); case("MatMul", [f(3), f(2, 3, 4)]); case("MatMul", [f(3, 4), f(2, 4, 5)])
case("Gemm", [x23, f(3, 4), f(4)], constants=[1, 2]); case("Gemm", [f(3, 2), f(4, 3), f(2, 1)], {"transA": 1, "transB": 1, "alpha": 0.5, "beta": 2.0}); case("Gemm", [x23, f(3, 4)])
case("LayerNormalization", [x234, f(4), f(4)], constants=[1, 2]); case("LayerNormalization", [x234, f(3, 4)], {"axis": 1, "epsilon": 0.01}); case("LayerNormalization", [x234, f(4)], {"axis": -1})
case("BatchNormalization", [x234, f(3), f(3), f(3), f(3, low=0.1)], constants=[1, 2, 3, 4]); case("BatchNormalization", [x23, f(3), f(3), f(3), f(3, low=0.1)], {"epsilon": 0.1})
case("Dropout", [x23]); case("IsNaN", [f(2)])
case("Cast", [f(3).astype(np.float16)], {"to": T.FLOAT}); case("Add", [f(3).astype(np.float64), f(3).astype(np.float64)], constants=[1])

for op in "Sin Cos Tan Atan Sinh Cosh Asinh Shrink".split():
    case(op, [x23])
for op in "Asin Acos Atanh".split():
    case(op, [f(2, 3, low=-0.9, high=0.9)])
case("Acosh", [f(2, 3, low=1.1)]); case("Asinh", [np.array([-1e4, 1e-4, 0], np.float32)]); case("Shrink", [x23], {"bias": 0.3, "lambd": 0.7})
odd = np.array([1, np.inf, -np.inf, np.nan], np.float32)
case("IsInf", [odd]); case("IsInf", [odd], {"detect_negative": 0}); case("IsInf", [odd], {"detect_positive": 0})
case("Trilu", [x234]); case("Trilu", [x234, np.int64(-1)], {"upper": 0}, constants=[1]); case("Trilu", [f(3, 3), np.int64(1)], constants=[1])
case("EyeLike", [f(2, 3)]); case("EyeLike", [f(3, 3)], {"k": -1, "dtype": T.INT64})
case("Pad", [x234, ints(0, 1, 0, 0, 0, 2)], constants=[1]); case("Pad", [x234, ints(0, -1, 1, 0, 2, -1), np.float32(1.5)], constants=[1, 2]); case("Pad", [x234, ints(1, 2), np.float32(3), ints(-1)], constants=[1, 2, 3])
case("Pad", [x234, ints(0, 2, 1, 0, 1, 3)], {"mode": "reflect"}, constants=[1]); case("Pad", [x234, ints(1, 4, 0, 0, 0, 5)], {"mode": "edge"}, constants=[1]); case("Pad", [x234, ints(0, 1, 0, 1, 0, 2)], {"mode": "wrap"}, constants=[1], opset=19)
case("Conv", [f(2, 3, 7), f(4, 3, 3), f(4)], constants=[1, 2]); case("Conv", [f(2, 3, 7), f(4, 3, 3)], {"pads": [2, 1], "dilations": [2]}); case("Conv", [f(1, 4, 8), f(6, 2, 3), f(6)], {"group": 2, "strides": [2]}, constants=[1])
case("Conv", [f(2, 4, 6), f(4, 1, 3)], {"group": 4, "auto_pad": "SAME_LOWER"}); case("Conv", [f(2, 4, 7), f(2, 4, 4)], {"strides": [2], "auto_pad": "SAME_UPPER"}); case("Conv", [f(2, 2, 5, 6), f(3, 2, 2, 3), f(3)], {"strides": [2, 1], "pads": [0, 1, 1, 0], "dilations": [1, 2]})
case("Conv", [f(2, 2, 5), f(3, 2, 1)], {"auto_pad": "VALID", "kernel_shape": [1]})
case("MaxPool", [f(2, 3, 7)], {"kernel_shape": [3], "strides": [2]}); case("MaxPool", [f(2, 3, 7)], {"kernel_shape": [2], "strides": [3], "pads": [1, 0], "ceil_mode": 1}); case("MaxPool", [f(1, 2, 5, 6)], {"kernel_shape": [2, 3], "pads": [1, 0, 0, 1]}); case("MaxPool", [f(2, 3, 7)], {"kernel_shape": [2], "dilations": [2]})
case("AveragePool", [f(2, 3, 7)], {"kernel_shape": [3], "strides": [2], "pads": [1, 1]}); case("AveragePool", [f(2, 3, 7)], {"kernel_shape": [3], "strides": [2], "pads": [1, 1], "count_include_pad": 1}); case("AveragePool", [f(1, 2, 5, 6)], {"kernel_shape": [2, 3]})
case("AveragePool", [f(2, 3, 8)], {"kernel_shape": [3], "strides": [2], "pads": [1, 0], "ceil_mode": 1}, opset=19); case("AveragePool", [f(2, 3, 8)], {"kernel_shape": [3], "strides": [2], "pads": [1, 0], "ceil_mode": 1, "count_include_pad": 1}, opset=19)
case("GlobalAveragePool", [x234]); case("GlobalMaxPool", [f(2, 3, 4, 2)])
case("InstanceNormalization", [x234, f(3), f(3)], constants=[1, 2]); case("InstanceNormalization", [f(2, 3, 4, 2), f(3), f(3)], {"epsilon": 0.1}); case("GroupNormalization", [f(2, 6, 5), f(6), f(6)], {"num_groups": 3}, constants=[1, 2], opset=21); case("GroupNormalization", [f(2, 6, 5), f(3), f(3)], {"num_groups": 3, "epsilon": 0.1}, opset=18)
case("LpNormalization", [x234], opset=11); case("LpNormalization", [x234], {"axis": 1, "p": 1}, opset=11); case("MeanVarianceNormalization", [f(2, 3, 4, 2)]); case("MeanVarianceNormalization", [x234], {"axes": [0, 2]})
case("GatherND", [x234, np.array([[0, 1], [1, -1]])], constants=[1]); case("GatherND", [x234, np.array([[[1, 0, 2]], [[0, 2, -1]]])]); case("GatherND", [x234, np.array([[1, 0], [2, 3]])], {"batch_dims": 1}); case("GatherND", [x234, np.array([[[1], [0]], [[2], [2]]])], {"batch_dims": 1})
case("ScatterND", [x234, np.array([[0, 1], [1, -1]]), f(2, 4)], constants=[1]); case("ScatterND", [f(5), np.array([[3], [1], [3]]), f(3)], {"reduction": "add"}); case("ScatterND", [x234, np.array([[1]]), f(1, 3, 4)]); case("ScatterND", [x234, np.array([[[0, 0, 1]], [[1, 2, -1]]]), f(2, 1)])
case("ScatterElements", [x23, np.array([[1, 0, 1], [1, 1, 1]]), f(2, 3)], {"axis": 0, "reduction": "add"}); case("ScatterElements", [x234, np.array([[[0, 1]], [[-1, 2]]]), f(2, 1, 2)], {"axis": 2})
case("NonZero", [np.array([[1, 0, 2], [0, 3, 0]])]); case("BitwiseAnd", [ints(5, 6, -1), ints(3)]); case("BitwiseOr", [ints(5, 6), ints(8, -2)]); case("BitwiseXor", [ints(5, 6), ints(3, 6)]); case("BitwiseNot", [ints(5, -6)]); case("BitShift", [np.array([5, 6, 200], np.uint8), np.array([1], np.uint8)], {"direction": "RIGHT"}); case("ReduceProd", [f(2, 7, 3), ints(1)], constants=[1])
case("Gather", [x234, np.array([[-1, 2], [0, -4]])], {"axis": -1}); case("Gather", [f(5), ints(-5, 4, -1)]); case("Gather", [x234, np.array(-2)], {"axis": 1})
case("Slice", [f(3, 1, 3, 2), ints(3, 1, 1), ints(-2, 5, 5), ints(-4, -2, 3), ints(1, 1, 2)], constants=[1, 2, 3, 4], name="Slice of nothing")
for start, end, step in ((-9, 9, -1), (-3, -9, -2), (5, -5, -1), (9, -9, -3), (-9, -9, 1), (1, 99, 2), (-2, 1, -1)):
    case("Slice", [f(3, 2), ints(start), ints(end), ints(0), ints(step)], constants=[1, 2, 3, 4], name=f"Slice {start} {end} {step}")
case("CumSum", [np.array([1, np.nan, 2], np.float32), np.int64(0)], constants=[1], name="CumSum before NaN"); case("CumSum", [f(7, 2), np.int64(0)], {"exclusive": 1}, constants=[1]); case("CumSum", [ints(3, 1, 4, 1, 5), np.int64(0)], {"exclusive": 1, "reverse": 1}, constants=[1])
case("Sign", [np.array([1, np.nan, -0.5, 0, -np.inf], np.float32)], name="Sign of NaN"); case("Acosh", [np.array([0.5, -1e20, 2], np.float32)], name="Acosh below 1")
infinite = np.array([[np.inf, 1, 2], [-np.inf, -np.inf, -np.inf], [-np.inf, 1, 2], [np.nan, 1, 2]], np.float32)
case("ReduceLogSumExp", [infinite, ints(1)], constants=[1], name="ReduceLogSumExp of infinite"); case("Asinh", [np.array([np.inf, -np.inf, 1e20, -1e20], np.float32)], name="Asinh of infinite"); case("Softmax", [infinite], name="Softmax of infinite"); case("ReduceMax", [infinite, ints(1)], constants=[1], name="ReduceMax of infinite")
heads = [f(2, 2, 3, 4), f(2, 2, 5, 4), f(2, 2, 5, 6)]
case("Attention", heads, opset=23); case("Attention", heads, {"is_causal": 1, "scale": 0.3}, opset=23); case("Attention", heads + [f(3, 5)], {"softcap": 1.5}, opset=23); case("Attention", heads + [np.array([[1, 0, 1, 1, 0]] * 3, bool)], opset=23)
case("Attention", [f(2, 3, 8), f(2, 5, 4), f(2, 5, 6)], {"q_num_heads": 4, "kv_num_heads": 2}, opset=23)
for equation, shapes in (("ij->ji", [(2, 3)]), ("ij->", [(2, 3)]), ("ij,jk", [(2, 3), (3, 4)]), ("bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]), ("nt,nth->nh", [(2, 3), (2, 3, 4)]), ("i,j->ji", [(2,), (3,)]), ("ij,ij->", [(2, 3), (2, 3)]),
                         ("...i,ij->...j", [(2, 3, 4), (4, 5)]), ("b...i,...i->b...", [(2, 3, 4), (3, 4)]), ("bqhd,bkhd->bhqk", [(2, 3, 2, 4), (2, 5, 2, 4)]), ("nti,ij,nuj->ntu", [(2, 3, 4), (4, 5), (2, 6, 5)]), ("ab,cd->ac", [(2, 3), (4, 5)]), ("cba,d", [(2, 3, 4), (2,)])):
    case("Einsum", [f(*s) for s in shapes], {"equation": equation}, name="Einsum " + equation.replace(">", "").replace(",", " "))

node = h.make_node
any_float = lambda n, rank=None: h.make_tensor_value_info(n, T.FLOAT, None if rank is None else [None] * rank)
any_int, any_bool = lambda n: h.make_tensor_value_info(n, T.INT64, []), lambda n: h.make_tensor_value_info(n, T.BOOL, [])
twice = h.make_graph([node("Add", ["a", "a"], ["b1"])], "then", [], [any_float("b1")])
same = h.make_graph([node("Identity", ["a"], ["b2"])], "else", [], [any_float("b2")])
size = [node("Shape", ["a"], ["s"]), node("Gather", ["s", "zero"], ["n"])]
for rows in (2, 3):
    program(f"If of a size {rows}", size + [node("Equal", ["n", "two"], ["c"]), node("If", ["c"], ["y"], then_branch=twice, else_branch=same)],
            {"a": f(rows, 3)}, ["y"], {"zero": np.array(0), "two": np.array(2)})
body = h.make_graph([node("Gather", ["a", "i"], ["x"]), node("Mul", ["h", "w"], ["k"]), node("Add", ["x", "k"], ["g"]), node("Tanh", ["g"], ["g2"]), node("Identity", ["on"], ["on2"])],
                    "body", [any_int("i"), any_bool("on"), any_float("h")], [any_bool("on2"), any_float("g2"), any_float("g")], [nh.from_array(np.float32(0.7), "w")])
for steps in (1, 4):
    program(f"Loop over {steps} steps", size + [node("Loop", ["n", "", "h0"], ["last", "all"], body=body)], {"a": f(steps, 3), "h0": f(3)}, ["last", "all"], {"zero": np.array(0)})
until = h.make_graph([node("Add", ["v", "v"], ["v2"]), node("Less", ["i", "two"], ["on2"])], "body", [any_int("i"), any_bool("on"), any_float("v")], [any_bool("on2"), any_float("v2")])
program("Loop until", [node("Loop", ["", "true", "a"], ["y"], body=until)], {"a": f(2, 3)}, ["y"], {"two": np.array(2), "true": np.array(True)})
program("Loop of no rounds", [node("Loop", ["zero", "", "a"], ["y"], body=until)], {"a": f(2, 3)}, ["y"], {"two": np.array(2), "zero": np.array(0)})
along = h.make_graph([node("Add", ["h", "x"], ["h2"]), node("Mul", ["h2", "z"], ["k"])], "body", [any_float("h", 1), any_float("x", 1), any_float("z", 1)], [any_float("h2", 1), any_float("k", 1)])
program("Scan", [node("Scan", ["h0", "a", "b"], ["last", "all"], body=along, num_scan_inputs=2)], {"h0": f(3), "a": f(4, 3), "b": f(4, 3)}, ["last", "all"])
for name, attributes, places in (("", {"axis": 1, "keepdims": 0}, []), (" keeping", {"axis": 1}, []), (" by two", {"axis": 1}, ["two"]), (" by sizes", {"axis": 1}, ["sizes"])):
    program("Sequence" + name, [node("SplitToSequence", ["a"] + places, ["s"], **attributes), node("SequenceAt", ["s", "minus"], ["y"]), node("SequenceLength", ["s"], ["n"]),
                                node("SequenceInsert", ["s", "y", "zero"], ["s2"]), node("ConcatFromSequence", ["s2"], ["z"], axis=0 if name == "" else 1)],
            {"a": f(2, 5, 3)}, ["y", "n", "z"], {"minus": np.array(-2), "zero": np.array(0), "two": np.array(2), "sizes": ints(1, 3, 1)})
program("Sequence of stacks", [node("SequenceEmpty", [], ["s"]), node("SequenceInsert", ["s", "a"], ["s1"]), node("SequenceInsert", ["s1", "b"], ["s2"]), node("ConcatFromSequence", ["s2"], ["y"], axis=-1, new_axis=1)],
        {"a": f(2, 3), "b": f(2, 3)}, ["y"])
program("Sequence of two", [node("SequenceConstruct", ["a", "b"], ["s"]), node("ConcatFromSequence", ["s"], ["y"], axis=-1)], {"a": f(2, 3), "b": f(2, 1)}, ["y"])


def recurrent(op, gates, direction="forward", lengths=None, first=0, bias=True, peep=False, t=5, n=3, i=2, hs=4, constants=True, **attributes):
    d = 2 if direction == "bidirectional" else 1
    x = f(t, n, i)
    operands = [x, f(d, gates * hs, i, low=-.7, high=.7), f(d, gates * hs, hs, low=-.7, high=.7), f(d, 2 * gates * hs) if bias else None,
                None if lengths is None else np.array(lengths, np.int32)]
    operands += [f(d, n, hs) if k < first else None for k in range(2 if op == "LSTM" else 1)]
    if peep:
        operands += [None] * (7 - len(operands)) + [f(d, 3 * hs)]
    if constants == "bias":
        fixed = [k for k in (1, 2) if operands[k] is not None]
    else:
        fixed = [k for k in (1, 2, 3, 7) if k < len(operands) and operands[k] is not None] if constants else []
    while operands[-1] is None:
        operands.pop()
    case(op, operands, {"hidden_size": hs, "direction": direction, **attributes}, fixed, outputs=3 if op == "LSTM" else 2)


for op, gates in (("RNN", 1), ("GRU", 3), ("LSTM", 4)):
    for direction in ("forward", "reverse", "bidirectional"):
        recurrent(op, gates, direction); recurrent(op, gates, direction, lengths=[5, 2, 3], first=2); recurrent(op, gates, direction, lengths=[1, 5, 4], bias=False)
    recurrent(op, gates, "bidirectional", lengths=[5, 5, 5]); recurrent(op, gates, t=1, n=1, first=2); recurrent(op, gates, constants=False); recurrent(op, gates, first=1, hs=1, i=1)
recurrent("GRU", 3, linear_before_reset=1); recurrent("GRU", 3, "bidirectional", linear_before_reset=1, lengths=[2, 5, 3], first=1); recurrent("GRU", 3, bias=False, linear_before_reset=1)
recurrent("RNN", 1, activations=["Relu"]); recurrent("RNN", 1, "bidirectional", activations=["Relu", "Softsign"]); recurrent("GRU", 3, activations=["Sigmoid", "Softsign"])
recurrent("LSTM", 4, peep=True); recurrent("LSTM", 4, "bidirectional", peep=True, lengths=[2, 5, 3], first=2); recurrent("LSTM", 4, activations=["Sigmoid", "Relu", "Softsign"])
json.dump(cases, open(sys.argv[1], "w"))
print(len(cases))
