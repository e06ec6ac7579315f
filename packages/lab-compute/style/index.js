import './compute.css';
